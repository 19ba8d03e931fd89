"""A year of requests as departments write them, with splits planted among them and decoys that only look the part.

A planted split is one piece of work cut into two or three parts under a line: other words for the same things,
"phase 1" and "part B", another lead or an officer's colleague, some weeks between. Decoys are what departments
really do: other work of the same department, lead and supplier, in the same set phrases, also under a line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
import random

from funding.rules.lookalikes import Paper

BEGAN = date(2026, 1, 5)
DEPARTMENTS, SUPPLIERS, LEADS_EACH = 40, 60, 4
LINES = (Decimal(500_000), Decimal(20_000_000))

# (English, the same in other words, Chinese, the same in other words)
SUBJECTS = [
    ("visa application papers", "supporting documents of visa applicants", "簽證申請文件", "簽證申請人的證明文件"),
    ("hawker licence renewals", "renewal of hawkers' licences", "小販牌照續期", "續領小販牌照"),
    ("water main leak reports", "reports of leaking water mains", "水管滲漏報告", "滲漏水管的舉報"),
    ("school place allocation", "allocating places in schools", "學位分配", "分配學校學額"),
    ("elderly allowance claims", "claims for the old age allowance", "長者津貼申請", "高齡津貼的申領"),
    ("building plan checking", "checks of submitted building plans", "建築圖則審查", "審核呈交的建築圖則"),
    ("tree inspection photographs", "photographs of inspected trees", "樹木檢查照片", "巡查樹木的相片"),
    ("marine traffic radio calls", "radio calls of vessels at sea", "海上交通無線電通話", "船隻的無線電通訊"),
    ("food import declarations", "declarations of imported food", "食物進口申報", "進口食品的申報表"),
    ("traffic accident statements", "statements after road accidents", "交通意外口供", "道路意外的陳述書"),
    ("patent search queries", "searching for earlier patents", "專利檢索查詢", "檢索較早的專利"),
    ("slope maintenance orders", "orders to maintain slopes", "斜坡維修命令", "維修斜坡的指令"),
    ("public housing inspections", "inspections of public rental flats", "公屋單位檢查", "巡查出租公屋"),
    ("court bundle indexing", "indexes of court bundles", "法庭文件冊索引", "編製法庭文件目錄"),
    ("customs parcel screening", "screening parcels at the border", "海關郵包查驗", "口岸包裹的檢驗"),
    ("library catalogue entries", "catalogue records of libraries", "圖書館編目", "圖書目錄紀錄"),
    ("sports ground bookings", "bookings of sports grounds", "運動場地預訂", "租訂體育場地"),
    ("weather warning bulletins", "bulletins of weather warnings", "天氣警告通報", "發布天氣警告"),
    ("tax return enquiries", "questions about tax returns", "報稅表查詢", "關於報稅的提問"),
    ("birth certificate records", "records of birth certificates", "出生證明書紀錄", "出生登記的檔案"),
    ("noise complaint letters", "letters complaining of noise", "噪音投訴信", "投訴噪音的信件"),
    ("river water samples", "samples taken of river water", "河水樣本化驗", "化驗河溪水樣"),
    ("vehicle examination bookings", "appointments for vehicle examination", "驗車預約", "車輛檢驗的預約"),
    ("museum object labels", "labels of objects in museums", "博物館展品說明", "博物館藏品標籤"),
    ("prison visit scheduling", "scheduling visits to inmates", "探監安排", "編排探訪在囚人士"),
    ("fire safety certificates", "certificates of fire safety", "消防安全證書", "消防證明書"),
    ("job vacancy matching", "matching people with vacancies", "職位空缺配對", "為求職者配對空缺"),
    ("land registry deeds", "deeds kept by the land registry", "土地註冊契據", "註冊處的土地契約"),
    ("postal address cleaning", "correcting postal addresses", "郵寄地址整理", "修正郵遞地址"),
    ("street light faults", "faults of street lighting", "路燈故障", "街燈的失靈"),
]
KINDS = [
    ("Reading {} by machine", "以人工智能閱讀{}"),
    ("AI assistant for {}", "{}的人工智能助理"),
    ("Sorting {} with a language model", "以語言模型分揀{}"),
    ("Automatic drafting of replies about {}", "自動草擬有關{}的回覆"),
    ("Forecast of the volume of {}", "預測{}的數量"),
    ("Speech to text for {}", "{}的語音轉文字"),
]
WHY = [
    "Officers handle {} by hand today and the public waits for weeks. The tool reads, proposes and an officer decides.",
    "The work on {} has grown by a fifth in two years. A model does the first reading, staff check what it says.",
    "A trial showed that {} can be dealt with in a day instead of nine. The money buys licences and training.",
    "With {} in one queue, errors are found late. The system marks doubtful cases for a senior officer.",
    "The department pledges shorter service times for {}. The supplier sets up the model and hands it over.",
]
PART_OF = [
    ("{}", "{}"),
    ("{}, phase 1", "{}（第一期）"),
    ("{}: part B", "{}（乙部分）"),
    ("Further {}", "{}（追加）"),
    ("{} (second batch)", "{}（第二批）"),
]


@dataclass
class Year:
    """The papers in the order they were submitted, and for each part of a planted split which split it is of."""

    papers: list[Paper]
    split_of: dict[int, int] = field(default_factory=dict)


class Writer:
    """Writes papers with its own dice, so that one seed is one year."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.written: set[tuple[int, int, int]] = set()

    def year(self, *, requests: int, splits: int) -> Year:
        parts = [self.split(number) for number in range(splits)]
        planted = [(paper, number) for number, of_one in enumerate(parts) for paper in of_one]
        honest = [(self.honest(), -1) for _other in range(requests - len(planted))]
        ordered = sorted([*planted, *honest], key=lambda pair: pair[0].submitted_on)
        year = Year([])
        for key, (paper, number) in enumerate(ordered, start=1):
            year.papers.append(
                Paper(
                    key,
                    paper.department,
                    paper.lead,
                    paper.submitted_on,
                    paper.amount,
                    paper.title,
                    paper.words,
                    paper.suppliers,
                )
            )
            if number >= 0:
                year.split_of[key] = number
        return year

    def honest(self) -> Paper:
        """One piece of work whole. A department has its subjects and does each kind of thing to one of them once."""
        while True:
            department, kind_at = self.chance.randrange(DEPARTMENTS), self.chance.randrange(len(KINDS))
            subject_at = (department * 3 + self.chance.randrange(12)) % len(SUBJECTS)
            if (department, subject_at, kind_at) not in self.written:
                break
        self.written.add((department, subject_at, kind_at))
        subject, kind, why = SUBJECTS[subject_at], KINDS[kind_at], self.chance.choice(WHY)
        amount = self.amount()
        return self.paper(department, amount, self.day(365), [kind[0], kind[1], why], subject)

    def split(self, number: int) -> list[Paper]:
        """One piece of work in two or three parts, told apart by words only."""
        line = LINES[0] if self.chance.random() < 0.8 else LINES[1]
        count = self.chance.choice([2, 2, 3])
        cents = [int(line * 100) * self.chance.randint(60, 99) // 100 for _part in range(count)]
        department, began = self.chance.randrange(DEPARTMENTS), self.day(270)
        subject_at, kind_at = self.chance.randrange(len(SUBJECTS)), self.chance.randrange(len(KINDS))
        self.written.add((department, subject_at, kind_at))
        subject, kind, why = SUBJECTS[subject_at], KINDS[kind_at], self.chance.choice(WHY)
        lead, supplier = self.lead(department), self.chance.randrange(SUPPLIERS)
        same_lead, same_supplier = self.chance.random() < 0.7, self.chance.random() < 0.6
        found = []
        for place, amount in enumerate(cents):
            frame = self.chance.choice(PART_OF)
            said = [frame[0].format(kind[0]), frame[1].format(kind[1]), self.chance.choice([why, why, *WHY])]
            found.append(
                self.paper(
                    department,
                    Decimal(amount).scaleb(-2),
                    began + timedelta(days=self.chance.randint(0, 45) * place),
                    said,
                    self.disguised(subject),
                    lead=lead if same_lead else self.lead(department),
                    supplier=supplier if same_supplier else self.chance.randrange(SUPPLIERS),
                )
            )
        return found

    def disguised(self, subject: Sequence[str]) -> tuple[str, str, str, str]:
        """Other words for the same thing, in one language or in both; seldom both at once."""
        english, other_english, chinese, other_chinese = subject
        roll = self.chance.random()
        if roll < 0.35:
            return english, other_english, chinese, other_chinese
        if roll < 0.6:
            return other_english, english, chinese, other_chinese
        if roll < 0.85:
            return english, other_english, other_chinese, chinese
        return other_english, english, other_chinese, chinese

    def paper(
        self,
        department: int,
        amount: Decimal,
        day: date,
        said: Sequence[str],
        subject: Sequence[str],
        *,
        lead: int | None = None,
        supplier: int | None = None,
    ) -> Paper:
        english, chinese, why = said
        return Paper(
            key=0,
            department=department,
            lead=self.lead(department) if lead is None else lead,
            submitted_on=day,
            amount=amount,
            title=f"{english.format(subject[0])}\n{chinese.format(subject[2])}",
            words=why.format(subject[0]),
            suppliers=frozenset({self.chance.randrange(SUPPLIERS) if supplier is None else supplier}),
        )

    def amount(self) -> Decimal:
        """Mostly small, often near a line, as budgets are."""
        roll = self.chance.random()
        if roll < 0.35:
            return Decimal(self.chance.randint(300, 499)) * 1000
        if roll < 0.6:
            return Decimal(self.chance.randint(20, 300)) * 1000
        if roll < 0.95:
            return Decimal(self.chance.randint(5, 190)) * 100_000
        return Decimal(self.chance.randint(201, 400)) * 100_000

    def day(self, within: int) -> date:
        return BEGAN + timedelta(days=self.chance.randrange(within))

    def lead(self, department: int) -> int:
        return department * 100 + self.chance.randrange(LEADS_EACH)
