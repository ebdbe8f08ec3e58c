"""Coded errors: what is wrong, where, why, and what to do about it.

Bad input is never met with the first error only: readers collect every :class:`Fault` and raise one
:class:`InvalidInput` that carries them all. Codes are listed in ``CODES`` and explained in ``docs/errors.md``
(a test keeps the two alike).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.saying import Place, Said

#: code -> what it means, in one sentence. The page ``docs/errors.md`` lists the same codes.
CODES: dict[str, str] = {
    "json-syntax": "The text is not JSON.",
    "key-repeated": "A JSON object or a query has the same key twice.",
    "json-shape": "The JSON is not an object with the keys of the format.",
    "format-unknown": "The key `format` names another format or version.",
    "field-missing": "A key that must be there is not there.",
    "field-unknown": "A key that the format does not know.",
    "field-value": "A value has the wrong type or lies outside its limits.",
    "id-repeated": "Two things of one kind bear the same id.",
    "id-unknown": "A reference names an id that does not exist.",
    "name-ambiguous": "A name, or the beginning of one, fits several things.",
    "name-repeated": "Two rows of the officers' table bear the same name.",
    "date-order": "Dates that must ascend do not, or a range ends before it begins.",
    "time-order": "A time range ends before it begins, or lies outside the day.",
    "matrix-shape": "A travel matrix is not square, or smaller than the locations need.",
    "location-unknown": "A location is not an index into the travel matrices.",
    "too-many": "There is more of one kind than can be planned.",
    "cars-mixed": "An office gives its cars by name and as a number at once.",
    "lead-barred": "The fixed lead of a cooperative is barred from it.",
    "seq-repeated": "Two visits of one cooperative have the same seq.",
    "rhythm-length": "A rhythm does not name one date for each visit of the cooperative.",
    "pin-unpublished": "A pinned visit has no place in the published plan.",
    "published-twice": "The published plan has a visit in two stops.",
    "history-broken": "The published plan's history breaks a rule that every plan must keep.",
    "pins-clash": "The pinned visits cannot all stand where the published plan has them.",
    "plan-foreign": "The plan names visits, officers, offices or cooperatives that the problem does not have.",
    "file-missing": "A file or folder that is needed is not there.",
    "file-unreadable": "A file is there but cannot be read as what it should be.",
    "file-too-large": "A file or a table in it is larger than the reader accepts.",
    "table-unknown": "A sheet or CSV file is none of the office's tables.",
    "table-empty": "A table that must hold rows holds none.",
    "header-missing": "The first filled row of a table does not hold its headings.",
    "column-missing": "A column that a table needs is not there.",
    "column-unknown": "A column that the table does not know.",
    "column-repeated": "Two columns of one table bear the same heading.",
    "cell-missing": "A cell that must be filled is empty.",
    "cell-value": "A cell does not hold what its column is for.",
    "cell-merged": "Cells of a table are merged, so that rows or columns are lost.",
    "cell-formula": "A formula whose value the workbook does not hold.",
    "horizon-empty": "The horizon holds no workday.",
    "horizon-too-long": "The horizon is longer than the two years a calendar can span.",
    "meeting-missing": "An issue is for the board of a cooperative whose board meetings are not stated.",
    "meeting-untimed": "When a board meets is stated without a time of the day.",
    "meetings-too-few": "The horizon holds too few board meetings for what the board is to be told.",
    "agenda-overfull": "The visits of a cooperative do not fit into the horizon's days.",
    "value-doubtful": "A value can be read, and can hardly be meant.",
    "value-understood": "A value holds more than it should, and was read as the one thing that it can mean.",
    "visit-too-long": "A visit is longer than the day leaves beside the drive.",
    "place-unknown": "There is no sub-district of this name in this district.",
    "place-ambiguous": "Several provinces have a sub-district of this name in a district of this name.",
    "place-far": "A place lies far from its sub-district, or outside the country.",
    "sheet-hidden": "A sheet that is read is hidden.",
    "encoding-other": "A file is not UTF-8, and was read in the encoding that its bytes show.",
    "cells-hidden": "Rows or columns of a table that is read are hidden.",
    "cells-struck": "Rows or cells of a table are struck through.",
    "text-cleaned": "Invisible marks that turn the direction of writing were left out.",
    "partner-never-free": "A visit is with a partner that is free on none of the days the visit may fall on.",
    "report-contradiction": "A report says two things that cannot both be true.",
    "command-usage": "The command line has a command, option or argument that does not exist, or lacks one.",
    "option-value": "An option of a command, or an argument of a function, has a value that it cannot have.",
    "file-unwritable": "A file or folder cannot be written.",
    "plan-unrepeatable": "A plan does not say how it was made, or not of this problem, so it cannot be made again.",
    "file-exists": "A file or folder is there already and would be overwritten.",
    "extra-missing": "A part of Patithin that the command needs is not installed.",
    "answer-overdue": "The service could not work out an answer in time.",
    "address-unknown": "The service has nothing at this address, or nothing that you may see.",
    "body-too-large": "The body of a request is larger than the service accepts.",
    "calendar-unpublished": "No plan has been published yet, or not this version.",
    "database-newer": "A newer version of this software has used the database.",
    "format-unavailable": "What is asked for is not to be had in the format that is asked for.",
    "header-value": "A header of a request has a value that it cannot have.",
    "host-unknown": "A request is for a host that the service does not go by.",
    "key-reused": "An Idempotency-Key comes back with another request.",
    "media-unknown": "The body of a request has a media type that the service does not read.",
    "method-unknown": "The address knows no such method.",
    "origin-foreign": "A page of another site made the browser ask.",
    "plan-broken": "The plan breaks rules and cannot be published.",
    "plan-what-if": "The plan is of a changed copy of the office, and it was not said that the office is so.",
    "plan-missing": "The run has no plan: it is not over, or it ended without one.",
    "attachment-full": "A visit has as many attachments as it may have.",
    "feed-full": "A token has as many subscriptions as it may have.",
    "attachment-type": "A file is of no type that may be attached, or not what it says it is.",
    "report-overtaken": "Somebody else reported on the visit in the meantime.",
    "publish-overtaken": "Another plan was published in the meantime.",
    "queue-full": "No more runs are accepted until some of those that wait are over.",
    "rate-exceeded": "Too many requests in a short time.",
    "role-forbidden": "The token's role does not allow this.",
    "run-failed": "The optimizer or the cluster stopped with an error.",
    "run-lost": "Workers died over the run, again and again.",
    "run-too-large": "The run needs more memory than a worker may have.",
    "run-overdue": "The run did not end at its limit and was given up.",
    "service-defect": "The service stopped with an error of its own.",
    "service-unready": "The service cannot reach its database.",
    "token-missing": "A request carries no token.",
    "token-unknown": "The token is unknown or revoked.",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with an input.

    ``code`` is one of :data:`CODES`; ``where`` names the place as a planner finds it (file, sheet, row, column, or
    a path such as ``visits[3].due``); ``cause`` says what is wrong with the very value; ``remedy`` what to do.
    Texts made by :func:`models.saying.said` can be told in Thai; others are told by their code.
    """

    code: str
    where: str
    cause: str
    remedy: str

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"fault code {self.code!r} is not in models.faults.CODES")

    def __str__(self) -> str:
        return f"[{self.code}] {self.where}: {self.cause} {self.remedy}"

    @property
    def place(self) -> Place | None:
        """The place in parts (file, sheet, row, column), where it is known by parts."""
        return self.where if isinstance(self.where, Place) else None

    def in_language(self, lang: str) -> Fault:
        """The same fault with its texts in ``lang``, "en" or "th".

        A text that has no Thai of its own is told by what its code means, the English put behind it.
        """
        if lang == "en":
            return self
        from models.thai import MEANINGS

        meaning, remedy = MEANINGS[self.code]
        where = self.where.in_language(lang) if isinstance(self.where, Place) else self.where
        cause = self.cause.in_language(lang) if isinstance(self.cause, Said) else None
        to_do = self.remedy.in_language(lang) if isinstance(self.remedy, Said) else None
        return Fault(self.code, where, cause or f"{meaning} ({self.cause})", to_do or remedy)


class InvalidInput(Exception):
    """An input that cannot be used; ``faults`` holds every reason found, in the order of the input.

    ``warnings``: what is doubtful besides, and would not have hindered anything.
    """

    def __init__(self, faults: Iterable[Fault], warnings: Iterable[Fault] = ()) -> None:
        self.faults, self.warnings = tuple(faults), tuple(warnings)
        if not self.faults:
            raise ValueError("InvalidInput needs at least one fault")
        super().__init__("\n".join(str(fault) for fault in self.faults))
