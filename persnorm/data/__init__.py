"""The lexicon as reviewed text, and its builder: ``python -m persnorm.data.build``."""
