from persnorm.rule import Rule
CHUNK_RULES: tuple[Rule, ...] = ()
LINE_RULES: tuple[Rule, ...] = ()
def may_meet(word: str) -> bool:
    return False
