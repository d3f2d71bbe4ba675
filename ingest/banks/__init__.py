"""A person's own question bank, in several forms, to questions with points."""
