"""Persian text normalization that puts half-spaces (ZWNJ, U+200C) back, does no harm, and explains each change.

>>> import persnorm
>>> persnorm.normalize("دیدارهای منطقهای و گفتوگو") == "دیدارهای منطقه\u200cای و گفت\u200cوگو"
True
"""

from persnorm.change import Change, Explanation
from persnorm.normalizer import Normalizer, explain, normalize

__version__ = "0.1.0"
__all__ = ["Change", "Explanation", "Normalizer", "__version__", "explain", "normalize"]
