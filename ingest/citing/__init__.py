"""What a document refers to: rules, sections, releases and its own footnotes."""
