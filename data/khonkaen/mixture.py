"""What the sample office is mixed of: kinds, standards, topics, titles and positions, and how many there are of each.

README.md says which of the figures are real, and where they come from.
"""

from __future__ import annotations

import datetime as dt

TOWN_DISTRICT, TOWN_KM = "Mueang Khon Kaen", 11.0

KINDS = {
    "agricultural": ("การเกษตร", "agricultural"), "settlement": ("นิคม", "settlement"), "fishery": ("ประมง", "fishery"),
    "savings": ("ออมทรัพย์", "savings"), "service": ("บริการ", "service"),
    "credit_union": ("เครดิตยูเนี่ยน", "credit union"), "consumer": ("ร้านค้า", "consumer"),
}  # fmt: skip
COOPERATIVES, OFFICERS = 79, 40
#: the kinds that are where the towns are; the other 55 are agricultural: one in each of the 26 districts, the rest by
#: population
PLACED = {
    "settlement": ["Khao Suan Kwang", "Ubolratana"],
    "fishery": ["Ubolratana"],
    "savings": [TOWN_DISTRICT] * 7 + ["Chum Phae", "Ban Phai"],
    "service": [TOWN_DISTRICT] * 6 + ["Nam Phong"],
    "credit_union": [TOWN_DISTRICT] * 2 + ["Chum Phae", "Nong Song Hong"],
    "consumer": [TOWN_DISTRICT],
}
STANDARDS = {"excellent": 15, "very_good": 33, "good": 36, "below": 16}
#: issues of a cooperative, by standard: fewest and most
ISSUES = {"excellent": (1, 2), "very_good": (1, 3), "good": (2, 4), "below": (3, 5)}
#: topic: officers who know it, how often it is an issue, its audiences (board, management, members)
TOPICS = {
    "audit": (6, 9, (1, 3, 0)), "debt": (9, 12, (2, 4, 2)), "marketing": (12, 11, (1, 3, 2)),
    "control": (16, 13, (2, 5, 0)), "governance": (18, 12, (6, 1, 0)), "accounts": (21, 17, (0, 6, 0)),
    "members": (22, 13, (1, 1, 5)), "registers": (24, 13, (0, 6, 1)),
}  # fmt: skip
TITLES = {
    "audit": ("แก้ไขข้อสังเกตของผู้สอบบัญชี", "Answering the auditor's observations"),
    "debt": ("ติดตามหนี้ค้างชำระ", "Following up overdue debt"),
    "marketing": ("การตลาดและพัฒนาธุรกิจ", "Marketing and business development"),
    "control": ("ปรับปรุงการควบคุมภายใน", "Mending internal control"),
    "governance": ("บทบาทหน้าที่คณะกรรมการดำเนินการ", "Duties of the board"),
    "accounts": ("ปิดบัญชีและจัดทำงบการเงิน", "Closing the accounts"),
    "members": ("การมีส่วนร่วมของสมาชิก", "Participation of members"),
    "registers": ("ปรับปรุงทะเบียนสมาชิกและทะเบียนหุ้น", "Putting registers in order"),
}
#: positions of the civil service, as they stand on travel requests, in turn
POSITIONS = (
    ("นักวิชาการสหกรณ์ชำนาญการ", "Cooperative Technical Officer, professional level"),
    ("นักวิชาการสหกรณ์ปฏิบัติการ", "Cooperative Technical Officer, practitioner level"),
    ("เจ้าพนักงานส่งเสริมสหกรณ์ชำนาญงาน", "Cooperative Promotion Officer, experienced level"),
    ("นักวิชาการสหกรณ์ปฏิบัติการ", "Cooperative Technical Officer, practitioner level"),
    ("เจ้าพนักงานส่งเสริมสหกรณ์ปฏิบัติงาน", "Cooperative Promotion Officer, operational level"),
)
#: topics each officer knows: how many officers know so many
KNOWN = {2: 8, 3: 13, 4: 14, 5: 5}
#: kilometres of a drive beyond which a visit must be shorter, and beyond which shorter still
FAR_KM, VERY_FAR_KM = 77, 105
#: visits that a partner takes part in for an issue, a few more than on average
VISITS_OF_ISSUE = 1.75
#: sessions with a board far away
FAR_BOARD_SESSIONS = 3
#: sessions that any meeting leaves time for before noon; all visits to a board but one hold at least so many
MEETING_SESSIONS = 2
#: topics whose new handbook comes in mid-August: from this day on
NEW_HANDBOOK = {"marketing": dt.date(2012, 8, 15), "control": dt.date(2012, 8, 16)}
