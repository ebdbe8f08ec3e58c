"""The service is killed, the network is gone: the page says so, goes on by itself; nothing is lost or done twice."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from .house import until_toasted
from .working import Works

WEEK = "2012-W32"
#: whether the newest run has a plan by now that its second attempt found
SECOND_ATTEMPT = """async () => {
  const [run] = await (await fetch("/v1/plans?limit=1")).json();
  return run.attempts === 2 && (await (await fetch(run.address)).json()).progress?.cost > 0;
}"""


def dragged(page: Page) -> str:
    """Begin to drag the first visit of the board and go over a day with a price."""
    visit = page.locator(".week .stop").first
    box = visit.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=4)
    page.wait_for_selector(".strip .price:not(.waiting)", timeout=60_000)
    place = page.locator(".strip .stripday:is(.same, .dearer, .cheaper)").last.bounding_box()
    assert place
    page.mouse.move(place["x"] + 8, place["y"] + 8, steps=3)
    return str(visit.get_attribute("data-visit"))


def test_killed_while_a_visit_is_dragged(works: Works) -> None:
    page = works.page(f"/?lang=en&week={WEEK}")
    dragged(page)
    works.kill()
    page.mouse.up()
    expect(page.locator(".line")).to_contain_text("trying again")
    works.start()
    expect(page.locator(".draftbar .verdict")).to_be_visible(timeout=90_000)
    expect(page.locator(".line")).to_have_count(0)


def test_killed_while_it_plans(works: Works) -> None:
    page = works.page("/?lang=en&panel=plan")
    page.get_by_role("radio", name="1 minute").check()
    page.get_by_role("button", name="Plan now").click()
    expect(page.locator(".running")).to_contain_text("Planning", timeout=60_000)
    works.kill()
    expect(page.locator(".line")).to_contain_text("trying again")
    expect(page.locator(".running")).to_be_visible()
    works.start()
    expect(page.locator(".line")).to_have_count(0, timeout=60_000)
    page.wait_for_function(SECOND_ATTEMPT, timeout=90_000)
    expect(page.locator(".running .figures")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Stop and keep the best").click()
    page.get_by_role("button", name="Show this plan").click(timeout=60_000)
    expect(page.locator(".week .stop").first).to_be_visible()


def test_killed_while_it_publishes(works: Works) -> None:
    """The first time the publication never arrives; the second time its answer is lost on the way."""
    page = works.page(f"/?lang=en&week={WEEK}")
    for lost in (False, True):
        before = versions(page)
        visit = page.locator(".week .stop").first.get_attribute("data-visit")
        page.goto(f"{works.address}/?lang=en&visit={visit}")
        page.get_by_role("button", name="Leave out").click()
        page.locator(".draftbar").get_by_role("button", name="Publish").click()
        publish = page.locator(".panel").get_by_role("button", name="Publish", exact=True)
        expect(publish).to_be_enabled()
        if lost:
            page.route("**/publish", swallow, times=1)
        else:
            works.kill()
        publish.click()
        if not lost:
            expect(page.locator(".line")).to_contain_text("trying again")
            works.start()
        until_toasted(page, f"Published as version {before + 1}")
        assert versions(page) == before + 1, "published once"


def swallow(route: Route) -> None:
    """Let a request reach the service, and lose its answer."""
    route.fetch()
    route.abort()


def versions(page: Page) -> int:
    return int(page.evaluate("async () => (await (await fetch('/v1/publications?limit=1')).json())[0].version"))


def test_the_network_is_off_for_a_while(works: Works) -> None:
    page = works.page(f"/?lang=en&week={WEEK}")
    visit = dragged(page)
    page.context.set_offline(True)
    page.mouse.up()
    expect(page.locator(".line")).to_contain_text("trying again")
    other = works.page("/?lang=en&week=2012-W33", "second")  # those before left out visits of the week above
    expect(other.locator(".week .stop").first).to_be_visible()
    theirs = [
        each for each in other.locator(".week .stop").evaluate_all("a => a.map(s => s.dataset.visit)") if each != visit
    ]
    other.goto(f"{works.address}/?lang=en&visit={theirs[0]}")
    other.get_by_role("button", name="Leave out").click()
    other.locator(".draftbar").get_by_role("button", name="Publish").click()
    other.locator(".panel").get_by_role("button", name="Publish", exact=True).click()
    until_toasted(other, "Published as version")
    page.context.set_offline(False)
    expect(page.locator(".draftbar .verdict")).to_be_visible(timeout=60_000)
    expect(page.locator(".line")).to_have_count(0)
    until_toasted(page, "was published")


def test_seven_tabs_share_one_stream_and_are_all_live(works: Works) -> None:
    context = works.sign_in()
    tabs = [context.new_page() for _ in range(7)]
    for tab in tabs:
        tab.goto(f"{works.address}/?lang=en")
        tab.wait_for_selector(".week .stop")
    other = works.page("/?lang=en", "second")
    visit = other.locator(".week .stop").first.get_attribute("data-visit")
    other.goto(f"{works.address}/?lang=en&visit={visit}")
    other.get_by_role("button", name="Leave out").click()
    other.locator(".draftbar").get_by_role("button", name="Publish").click()
    other.locator(".panel").get_by_role("button", name="Publish", exact=True).click()
    for tab in tabs:
        until_toasted(tab, "was published")
