"""Why visits are left out, in the language of an output: what a plan's text says, with names and dates."""

from __future__ import annotations

import datetime as dt
from typing import Final

from api.language.names import Names
from api.language.wording import Wording
from models.reasons import FORMS, SHARES, SPANS, DaySpan, Fact, Reason, Share, read_reason

#: form of a reason -> its sentence in Thai; the English one is the plan's own
THAI_FORMS: Final[dict[str, str]] = {
    "no-day-with-partner": "ไม่มีวันทำการตั้งแต่ {first} ถึง {last} ที่เข้า {cooperative} ได้และ {partner} ว่างตรงกัน",
    "no-day": "ไม่มีวันทำการตั้งแต่ {first} ถึง {last} ที่เข้า {cooperative} ได้",
    "no-day-left": "วันสุดท้ายที่เข้าได้คือ {last} ซึ่งอยู่ก่อน {first}",
    "no-rhythm": "ไม่มีรอบวันของสหกรณ์ที่จัดได้ครบทุกครั้งร่วมกับส่วนอื่นของแผน",
    "no-officer-at-all": "{office} ไม่มีนักส่งเสริม",
    "all-barred": "นักส่งเสริมของ {office} ทุกคนเป็นผู้ที่ไม่เข้า {cooperative}",
    "no-topic-anywhere": "ไม่มีนักส่งเสริมคนใดรู้ด้าน {topic}",
    "too-few-officers": "ต้องใช้นักส่งเสริม {number} คน มากกว่าที่ {office} ส่งไปในรถคันเดียวได้",
    "no-topic-at-all": "{office} ไม่มีนักส่งเสริมด้าน {topic}",
    "crew-too-large": "ด้านที่ต้องแนะนำใช้นักส่งเสริมมากกว่า {number} ที่นั่งของรถหนึ่งคัน",
    "too-heavy": "น้ำหนักบรรทุกเกินพิกัดของรถทุกคัน",
    "no-time": "เวลาขับรถไปกลับ เวลาเข้าส่งเสริมตามเวลาทำการ และเวลาพัก จัดลงในหนึ่งวันไม่ได้",
    "not-there-in-time": "ออกจากสำนักงานแล้วเริ่มได้เร็วที่สุด {arrive} แต่ต้องเริ่มไม่เกิน {until}",
    "not-back-in-time": "เริ่มได้เร็วที่สุด {begin} แต่ต้องเริ่มไม่เกิน {until} จึงจะกลับถึงสำนักงานทันเวลาเลิกงาน",
    "gap": "{span} ใกล้การเข้าส่งเสริมครั้งอื่นของสหกรณ์เดียวกันเกินไป",
    "partner-full": "{span} {partner} ร่วมงานอื่นเต็มแล้ว",
    "no-car": "{span} ไม่มีรถว่าง และไม่มีเที่ยวใดรับเพิ่มได้เมื่อส่วนอื่นของแผนคงเดิม",
    "no-car-untried": "{span} ไม่มีรถว่าง และยังไม่ได้ลองว่าเที่ยวอื่นรับเพิ่มได้หรือไม่",
    "no-car-there": "{span} ไม่มีรถอยู่เลย",
    "no-car-takes-it": "{span} รถที่มีอยู่ทุกคันบรรทุกได้ไม่พอ",
    "no-officer-there": "{span} ไม่มีนักส่งเสริมที่ไปได้อยู่เลย",
    "all-busy": "{span} ทุกคนติดภารกิจบางช่วงของวัน จึงไม่มีเวลาพอ",
    "no-topic-there": "{span} ไม่มีนักส่งเสริมด้าน {topic} อยู่เลย",
    "no-crew-there": "{span} คนที่อยู่ไม่พอ หรือรวมกันไม่ครบทุกด้านในรถคันเดียว",
    "no-lead": "{span} ไม่มีผู้ที่รับผิดชอบสหกรณ์ได้",
    "no-topic-untried": "{span} ไม่มีนักส่งเสริมด้าน {topic} ว่าง และยังไม่ได้ลองว่าเที่ยวอื่นรับเพิ่มได้หรือไม่",
    "no-officer-untried": "{span} ไม่มีนักส่งเสริมว่าง และยังไม่ได้ลองว่าเที่ยวอื่นรับเพิ่มได้หรือไม่",
    "no-crew-untried": "{span} คนที่ว่างไม่พอ หรือรวมกันไม่ครบทุกด้านในรถคันเดียว และยังไม่ได้ลองว่าเที่ยวอื่นรับเพิ่มได้หรือไม่",
    "no-topic": "{span} ไม่มีนักส่งเสริมด้าน {topic} ว่าง",
    "no-officer": "{span} ไม่มีนักส่งเสริมว่าง",
    "no-crew": "{span} คนที่ว่างไม่พอ หรือรวมกันไม่ครบทุกด้านในรถคันเดียว",
    "no-time-left": "{span} ไม่มีเที่ยวใดมีเวลาพอเมื่อส่วนอื่นของแผนคงเดิม",
    "by-hand": "ผู้วางแผนเว้นไว้เอง",
    "not-held": "ไม่ได้เข้าตามแผน",
    "dear": "{span} ยังมีที่ลง แต่ไม่พบแผนที่รวมรายการนี้แล้วถูกกว่า",
    "dear-untried": "{span} ไม่พบแผนที่รวมรายการนี้แล้วถูกกว่า",
    "not-looked-into": "ไม่พบแผนที่รวมรายการนี้แล้วถูกกว่า และยังไม่ได้ตรวจว่าติดข้อใด",
    "no-room": "จาก {number} วันที่เข้าได้ตั้งแต่ {first} ถึง {last}: {shares}",
}
#: form of a share -> what stands against the visit on those days, in Thai
THAI_SHARES: Final[dict[str, str]] = {
    "gap": "{number} วันใกล้การเข้าส่งเสริมครั้งอื่นของสหกรณ์เดียวกันเกินไป",
    "partner-full": "{number} วัน {partner} ร่วมงานอื่นเต็มแล้ว",
    "no-car": "{number} วันไม่มีรถว่าง และไม่มีเที่ยวใดรับเพิ่มได้เมื่อส่วนอื่นของแผนคงเดิม",
    "no-car-untried": "{number} วันไม่มีรถว่าง และยังไม่ได้ลองว่าเที่ยวอื่นรับเพิ่มได้หรือไม่",
    "no-car-there": "{number} วันไม่มีรถอยู่เลย",
    "no-car-takes-it": "{number} วันรถที่มีอยู่ทุกคันบรรทุกได้ไม่พอ",
    "no-officer-there": "{number} วันไม่มีนักส่งเสริมที่ไปได้อยู่เลย",
    "all-busy": "{number} วันทุกคนติดภารกิจบางช่วงของวัน จึงไม่มีเวลาพอ",
    "no-topic-there": "{number} วันไม่มีนักส่งเสริมด้าน {topic} อยู่เลย",
    "no-crew-there": "{number} วันคนที่อยู่ไม่พอ หรือรวมกันไม่ครบทุกด้านในรถคันเดียว",
    "no-lead": "{number} วันไม่มีผู้ที่รับผิดชอบสหกรณ์ได้",
    "no-topic-untried": "{number} วันไม่มีนักส่งเสริมด้าน {topic} ว่าง และยังไม่ได้ลองว่าเที่ยวอื่นรับเพิ่มได้หรือไม่",
    "no-officer-untried": "{number} วันไม่มีนักส่งเสริมว่าง และยังไม่ได้ลองว่าเที่ยวอื่นรับเพิ่มได้หรือไม่",
    "no-crew-untried": "{number} วันคนที่ว่างไม่พอ หรือรวมกันไม่ครบทุกด้านในรถคันเดียว และยังไม่ได้ลองว่าเที่ยวอื่นรับเพิ่มได้หรือไม่",
    "no-topic": "{number} วันไม่มีนักส่งเสริมด้าน {topic} ว่าง",
    "no-officer": "{number} วันไม่มีนักส่งเสริมว่าง",
    "no-crew": "{number} วันคนที่ว่างไม่พอ หรือรวมกันไม่ครบทุกด้านในรถคันเดียว",
    "no-time-left": "{number} วันไม่มีเที่ยวใดมีเวลาพอเมื่อส่วนอื่นของแผนคงเดิม",
    "dear": "{number} วันยังมีที่ลง แต่ไม่พบแผนที่รวมรายการนี้แล้วถูกกว่า",
    "dear-untried": "{number} วันไม่พบแผนที่รวมรายการนี้แล้วถูกกว่า",
}
#: form of a span -> how it is said in Thai
THAI_SPANS: Final[dict[str, str]] = {
    "one": "วันที่ {first}",
    "every": "ตั้งแต่ {first} ถึง {last}",
    "some": "ทั้ง {number} วันที่เข้าได้ตั้งแต่ {first} ถึง {last}",
}


def code_and_sentence(text: str, names: Names, words: Wording) -> tuple[str, str]:
    """The code and the sentence of a plan's reason.

    A sentence of another hand stays as it is; where it has no code, that is empty.
    """
    reason = read_reason(text)
    if reason is not None:
        return reason.code, _Telling(names, words).sentence(reason)
    code, colon, sentence = text.partition(":")
    known = bool(colon) and " " not in code.strip()
    return (code.strip(), sentence.strip()) if known else ("", text)


class _Telling:
    """Reasons in the words of one language."""

    def __init__(self, names: Names, words: Wording) -> None:
        self._names, self._words = names, words

    def sentence(self, reason: Reason) -> str:
        template = self._words.pick(THAI_FORMS[reason.form], FORMS[reason.form][1])
        return template.format(**{name: self._fact(name, fact) for name, fact in reason.facts.items()})

    def _fact(self, name: str, fact: Fact) -> str:
        match fact:
            case str():
                name_of = {
                    "cooperative": self._names.cooperative, "office": self._names.depot,
                    "partner": self._names.partner, "topic": self._names.topic,
                }  # fmt: skip
                return name_of[name](fact)
            case dt.date():
                return self._words.date(fact)
            case dt.time():
                return self._words.clock(60 * fact.hour + fact.minute)
            case DaySpan():
                return self._span(fact)
            case tuple():
                return "; ".join(self._share(share) for share in fact)
            case _:
                return self._words.number(fact)

    def _span(self, span: DaySpan) -> str:
        template = self._words.pick(THAI_SPANS[span.form], SPANS[span.form])
        first, last = self._words.date(span.first), self._words.date(span.last)
        return template.format(first=first, last=last, number=span.days)

    def _share(self, share: Share) -> str:
        template = self._words.pick(THAI_SHARES[share.form], SHARES[share.form])
        facts = {name: self._fact(name, id_) for name, id_ in share.facts.items()}
        return template.format(number=self._words.number(share.days), **facts)
