"""A plan of a changed copy of the office is not published by a click too many."""

from __future__ import annotations

from playwright.sync_api import expect

from api.service.loading import load_planned
from api.storage.problems import Stated
from api.storage.what_ifs import keep_what_if

from .house import House, finished


def test_the_page_asks_before_a_plan_of_a_what_if_office_is_published(house: House) -> None:
    row, stated, plan = load_planned(house.database, house.plan)
    dearer = stated.problem.changed(prices=stated.problem.prices.model_copy(update={"km": 9}))
    copy, _ = keep_what_if(house.database, Stated(dearer, stated.office), house.problem)
    made = finished(house.database, row.token_id, copy.id, plan)
    page = house.page(f"/?lang=th&plan={made}&panel=publish")
    expect(page.locator(".panel .notice")).to_contain_text("แผนของสำนักงานสมมติ")
    expect(page.locator(".planbar .whatif")).to_be_visible()
    expect(page.locator(".bar .menu").first).to_contain_text("สมมติ:")
    expect(page.get_by_role("button", name="ประกาศ", exact=True)).to_be_disabled()
    page.get_by_role("button", name="ปิด", exact=True).click()
    page.locator(".week .stop").first.click()
    page.get_by_role("button", name="ไม่จัด").click()
    name = page.locator(".draftname input")
    name.fill("ลองเพิ่มรถหนึ่งคันและเลื่อนการประชุมกรรมการของสหกรณ์การเกษตรเมืองขอนแก่น จำกัด " * 2)
    name.press("Enter")
    expect(page.locator(".bar .menu").first).to_contain_text("ลองเพิ่มรถหนึ่งคัน")
    for width in range(1000, 1601, 60):
        page.set_viewport_size({"width": width, "height": 768})
        within = """all => all.map((one) => one.getBoundingClientRect())
            .every(({ left, right }) => left >= 0 && right <= innerWidth)"""
        assert page.locator(".draftline > *").evaluate_all(within), width
    page.goto(f"{house.address}/?lang=en&plan={made}&panel=compare&against={house.plan}")
    expect(page.locator(".panel .notice")).to_contain_text("A what-if office's plan")
    expect(page.locator(".costs thead")).to_contain_text("What if:")
    own = f"reckoned anew by the changed data; by its own it was {plan.cost.total:,.0f} baht."
    expect(page.locator(".panel")).to_contain_text(own)
    page.locator(".planbar").get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".panel .notice")).to_contain_text("Publish it only if the office truly is so")
    expect(page.locator(".versions li")).to_have_count(1)
    page.get_by_role("button", name="The office is so: publish").click()
    expect(page.locator(".versions li")).to_have_count(2)
