"""Speed and memory, with their conditions. Nothing here runs in the tests."""
