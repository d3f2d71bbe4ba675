"""Words of a question that say nothing of what it is about: "what does … say", "rule", "section"."""

# fmt: off
GENERIC = frozenset((
    "a", "about", "act", "adopted", "adopting", "adoption", "all", "an", "and", "any", "are", "as", "ask",
    "asked", "at", "be", "by", "can", "cfr", "chapter", "cite", "cited", "code", "comes", "commission",
    "contain", "contained", "contains", "content", "contents", "could", "cover", "covered", "covers",
    "describe", "described", "describes", "detail", "details", "did", "discuss", "discussed", "discusses",
    "discussion", "do", "document", "does", "each", "exactly", "explain", "explained", "explains", "fed",
    "file", "filing", "find", "fn", "footnote", "footnotes", "for", "fr", "from", "full", "give", "gives",
    "going", "happen", "happens", "has", "have", "how", "i", "in", "is", "it", "its", "know", "like", "look",
    "looking", "may", "me", "mean", "means", "mention", "mentioned", "might", "must", "need", "no", "note",
    "notes", "number", "of", "on", "one", "or", "our", "out", "page", "pages", "para", "paragraph", "part",
    "please", "pp", "printed", "proposal", "proposed", "proposing", "provide", "provided", "provides",
    "question", "quote", "read", "reads", "reg", "register", "regulation", "release", "releases", "require",
    "required", "requires", "rule", "rules", "said", "say", "says", "sec", "section", "sections", "see",
    "set", "sets", "shall", "should", "show", "so", "something", "stand", "stands", "state", "stated",
    "states", "summarise", "summarize", "summary", "talk", "talks", "tell", "tells", "text", "that", "the",
    "there", "these", "this", "those", "to", "under", "us", "usc", "want", "was", "we", "were", "what",
    "when", "where", "which", "who", "why", "will", "with", "wording", "words", "would", "write", "written",
    "you", "your",
))
# fmt: on


def telling(words: str) -> str:
    """The words without the generic ones, in their order."""
    return " ".join(word for word in words.split() if word.lower().strip(".,;:?!\"'“”’()") not in GENERIC)
