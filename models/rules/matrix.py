"""Who keeps, relaxes or drops each rule, as the table of ``docs/rules.md``."""

from __future__ import annotations

from collections.abc import Iterator

from models.rules import RULES, Consumer


def table() -> str:
    """The table in Markdown: a row for each rule, a column for each consumer."""
    return "\n".join(_rows()) + "\n"


def _rows() -> Iterator[str]:
    yield "| rule | of the contract | " + " | ".join(consumer.value for consumer in Consumer) + " |"
    yield "|" + "---|" * (len(Consumer) + 2)
    for rule in RULES:
        kept = (rule.kept[consumer].value for consumer in Consumer)
        yield f"| {rule.name} | {rule.number} | " + " | ".join(kept) + " |"


def texts() -> str:
    """Every rule with its text and the keys of a problem that it needs, in Markdown."""
    return "\n".join(
        f"- **{rule.name}** (rule {rule.number}): {rule.text} Keys: {', '.join(f'`{key}`' for key in rule.keys)}."
        for rule in RULES
    ) + "\n"  # fmt: skip
