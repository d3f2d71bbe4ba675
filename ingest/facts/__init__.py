"""What a document says of itself: kind, numbers, dates, company, and what it does to other documents."""
