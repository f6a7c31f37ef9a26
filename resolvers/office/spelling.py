"""How a name is spelled: what people sort by, are found by, and sign in with."""

import os
from collections.abc import Collection
from itertools import count

from resolvers.ground.database import statement

WORDS = statement("""
  insert into people_words (institution_id, word, person_id)
  select distinct p.institution_id, w.word, p.id
  from people p
  cross join lateral (
    select replace(lower(p.name), ' ', '') as name,
           string_to_array(lower(p.name_key), ' ') as said) k
  cross join lateral (
    select substr(k.name, i) from generate_series(1, char_length(k.name)) i
    union all
    select array_to_string(k.said[i:], '') from generate_series(1, cardinality(k.said)) i
    union all
    select (select string_agg(left(each, 1), '' order by place)
            from unnest(k.said[i:]) with ordinality u(each, place))
    from generate_series(1, cardinality(k.said)) i
    union all
    select lower(p.account)) w(word)
  where p.institution_id = :institution and p.id = any(cast(:people as uuid[]))
    and w.word <> ''
  on conflict do nothing""")
"""A name from each of its characters on, in pinyin and initials too."""

FORGET_WORDS = statement("""
  delete from people_words
  where institution_id = :institution and person_id = any(cast(:people as uuid[]))""")


def name_key(name: str) -> str:
    """How the name is spelled, syllable by syllable: names sort by it."""
    # Its dictionaries take a third of a second, which only those who write names should pay.
    # Single characters suffice for names; the phrase dictionary would stay in memory.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(name))


def account_name(name: str, taken: Collection[str], institution: str) -> str:
    """`wang.xiaohong@` for 王小红; a second one of that spelling is `wang.xiaohong2@`."""
    surname, *given = name_key(name).lower().split() or [""]
    plain = ".".join(each for each in (surname, "".join(given)) if each)
    numbered = (f"{plain}{number if number > 1 else ''}@{institution}" for number in count(1))
    return next(each for each in numbered if each not in taken)
