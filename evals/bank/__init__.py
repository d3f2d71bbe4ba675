"""The question bank asked, scored and reported."""
