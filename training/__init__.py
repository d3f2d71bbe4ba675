"""How the shipped question encoder was made: pairs from a library, and the training itself. Not installed."""
