"""The two database functions behind every search, and the table of characters that mean the same (decision 0006).

`search_key(text)` folds a text to the one form that is compared: width and compatibility forms (NFKC), case,
accents, and the Traditional, Simplified and variant forms of a Chinese character. `search_grams(key)` cuts a key
into the pieces that the index holds. Both read nothing but their argument, so PostgreSQL may index their results.
"""

from collections.abc import Iterator
import json
import unicodedata

from django.db import migrations
from opencc import OpenCC

# Forms that OpenCC keeps apart although readers of Hong Kong type either (left: as written, right: the form compared).
VARIANTS = dict(zip("畧著証祗祇綳冺", "略着证只只绷泯", strict=True))
CHINESE = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))
LETTERS = range(0x80, 0x2000)
CJK = r"\u2e80-\u2fff\u3005-\u3007\u3021-\u30ff\u31c0-\u31ef\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
APART = r"\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u3004\u3008-\u3020\ufe30-\ufe4f"


KEY = """
CREATE FUNCTION search_key(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 200 AS $$
DECLARE plain text := lower(normalize(given, NFKC));
BEGIN
    IF octet_length(plain) = char_length(plain) THEN RETURN plain; END IF;
    RETURN (
        SELECT string_agg(coalesce('{table}'::jsonb ->> letter, letter), '' ORDER BY place)
        FROM string_to_table(plain, NULL) WITH ORDINALITY AS letters (letter, place)
    );
END $$
"""


def folds() -> dict[str, str]:
    """Each character that is compared as another one, and that other one; accents fold to nothing."""
    return dict(sorted([*_letters(), *_chinese()]))


def _chinese() -> Iterator[tuple[str, str]]:
    to_simplified, of_hong_kong = OpenCC("t2s"), OpenCC("hk2s")
    for number in (number for block in CHINESE for number in block):
        character = chr(number)
        folded = to_simplified.convert(of_hong_kong.convert(character))
        folded = VARIANTS.get(folded, folded)
        if folded != character and len(folded) == 1:
            yield character, folded


def _letters() -> Iterator[tuple[str, str]]:
    for number in LETTERS:
        character = chr(number)
        if unicodedata.combining(character):
            yield character, ""
        elif unicodedata.normalize("NFKC", character) == character:
            plain = unicodedata.normalize("NFKD", character.casefold())
            folded = "".join(part for part in plain if not unicodedata.combining(part))
            if folded not in {character, ""}:
                yield character, folded


def operations() -> list[migrations.operations.base.Operation]:
    """Make the functions; whoever may read a register may call them."""
    return [migrations.RunSQL(_key(), "DROP FUNCTION search_key(text)"), migrations.RunSQL(GRAMS, DROP_GRAMS)]


def _key() -> str:
    """Text of ASCII alone is only lowered, so the table is not looked at for it."""
    table = json.dumps(folds(), ensure_ascii=False).replace("'", "''")
    return KEY.replace("{table}", table)


# Three letters in a row of a word, the first two letters of a word, each Chinese character and each pair of them.
GRAMS = r"""
CREATE FUNCTION search_grams(key text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000 AS $$
    SELECT coalesce(array_agg(DISTINCT gram), '{}') FROM (
        SELECT substr(word, place, 3) AS gram
        FROM regexp_matches(key, '[^{CJK}{APART}]+', 'g') AS found (words),
            LATERAL (SELECT words[1] AS word) AS one, generate_series(1, char_length(word) - 2) AS place
        UNION ALL
        SELECT '^' || left(words[1], 2)
        FROM regexp_matches(key, '[^{CJK}{APART}]{2,}', 'g') AS found (words)
        UNION ALL
        SELECT substr(run, place, size)
        FROM regexp_matches(key, '[{CJK}]+', 'g') AS found (runs),
            LATERAL (SELECT runs[1] AS run) AS one, generate_series(1, 2) AS size,
            generate_series(1, char_length(run) - size + 1) AS place
    ) AS grams
$$
""".replace("{CJK}", CJK).replace("{APART}", APART)
DROP_GRAMS = "DROP FUNCTION search_grams(text)"


def kept_key(table: str, *columns: str) -> list[migrations.operations.base.Operation]:
    """A column of `table` that PostgreSQL itself works out of `columns` at every write, and its index.

    Django's models do not know the column: no page reads it, and nobody can write it, however they write.
    """
    text = " || E'\\n' || ".join(f'"{column}"' for column in columns)
    return [
        migrations.RunSQL(
            f'ALTER TABLE "{table}" ADD COLUMN search_key text GENERATED ALWAYS AS (search_key({text})) STORED',
            f'ALTER TABLE "{table}" DROP COLUMN search_key',
        ),
        migrations.RunSQL(
            f'CREATE INDEX "{table}_search" ON "{table}" USING gin (search_grams(search_key))',
            f'DROP INDEX "{table}_search"',
        ),
    ]
