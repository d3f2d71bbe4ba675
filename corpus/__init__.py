"""What documents, pages and questions are, and the library that holds them."""
