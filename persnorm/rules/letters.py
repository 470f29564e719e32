from persnorm.rule import Rule, Setting
RULES: tuple[Rule, ...] = ()
def may_meet(word: str, setting: Setting) -> bool:
    return False
