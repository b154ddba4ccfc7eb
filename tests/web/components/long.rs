//! A table of which only the rows in sight are in the page.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use strongroom::ui::erased::dynamic;
use strongroom::ui::virtual_table::rows::{Column, Kind, Press};
use strongroom::ui::virtual_table::{Anchor, Draw, LongTable};
use wasm_bindgen_test::wasm_bindgen_test;

use super::Stage;

/// A table with this many rows on a stage, and its label.
async fn table(count: RwSignal<usize>, word: RwSignal<&'static str>) -> Stage {
    let stage = Stage::of(move || {
        let columns = [
            ("Name", Kind::Name),
            ("Labels", Kind::Chips),
            ("icon", Kind::IconText),
            ("Created", Kind::Time),
            ("Note", Kind::Text),
        ];
        let columns = columns.map(|(name, kind)| Column { name, kind, width: "" }).to_vec();
        let draw: Draw = Arc::new(move |index, pen| {
            pen.name(0, &format!("ROW_{index}"), &format!("/rows/{index}"));
            pen.chips(1, [("env", "test"), ("bare", "")].into_iter(), 2, |more| {
                format!("{more} more")
            });
            pen.icon_text(2, if index == 0 { "core" } else { "" });
            pen.time(3, "yesterday", (index == 0).then_some("2026-11-23T00:00:00Z"));
            pen.text(4, word.get_untracked());
        });
        view! { <LongTable label="Long" columns head=().into_any() count draw /> }
    })
    .await;
    stage
        .until("all('tbody tr:not(.space)').length > 0 || at('table').ariaRowCount === '0'")
        .await;
    stage
}

/// The numbers of the rows that are in the page, first and last.
const ENDS: &str =
    "(rows => [rows[0], rows.at(-1)])(all('[aria-rowindex]').map(it => Number(it.getAttribute('aria-rowindex'))))";

#[wasm_bindgen_test]
async fn only_what_is_in_sight_is_in_the_page_and_it_says_where_it_is() {
    let stage = table(RwSignal::new(100_000), RwSignal::new("a")).await;
    assert_eq!(stage.say("at('table').ariaRowCount"), "100000");
    assert!(stage.holds("all('[aria-rowindex]').length < 150"));
    assert!(
        stage.holds("at('tbody').getBoundingClientRect().height > 1000000"),
        "the scroll bar is honest"
    );
    assert_eq!(
        stage.say("[...at('[aria-rowindex=\"1\"]').children].map(it => it.textContent)"),
        "ROW_0,env=test+1,core,yesterday,a"
    );
    assert_eq!(stage.say("at('time').dateTime"), "2026-11-23T00:00:00Z");
    assert_eq!(stage.say("at('time').tabIndex"), "-1");
    stage
        .act("scrollTo(0, document.scrollingElement.scrollHeight / 2)")
        .await;
    stage.until(&format!("{ENDS}[0] > 40000 && {ENDS}[1] < 60000")).await;
    let in_sight = "all('[aria-rowindex]').some(it => {
        const {top, bottom} = it.getBoundingClientRect();
        return top < innerHeight / 2 && bottom > innerHeight / 2 })";
    assert!(stage.holds(in_sight), "what is in the middle of the window is drawn");
    assert!(stage.holds(
        "all('[aria-rowindex]').every((it, n, all) => n === 0 ||
        Number(it.getAttribute('aria-rowindex')) === Number(all[n - 1].getAttribute('aria-rowindex')) + 1)"
    ));
    assert!(stage.holds(
        "all('[aria-rowindex]').every(it =>
        it.querySelector('a').textContent === `ROW_${it.getAttribute('aria-rowindex') - 1}`)"
    ));
    stage.act("scrollTo(0, document.scrollingElement.scrollHeight)").await;
    stage.until(&format!("{ENDS}[1] === 100000")).await;
    assert!(stage.holds("!at('[style]')"), "the policy allows no style");
    stage.act("scrollTo(0, 0)").await;
}

#[wasm_bindgen_test]
async fn a_row_with_the_focus_stays_however_far_one_scrolls() {
    let stage = table(RwSignal::new(10_000), RwSignal::new("a")).await;
    stage.act("at('[aria-rowindex=\"3\"] a').focus()").await;
    stage
        .act("scrollTo(0, document.scrollingElement.scrollHeight / 2)")
        .await;
    stage.until(&format!("{ENDS}[1] > 4000")).await;
    assert_eq!(stage.say("document.activeElement.textContent"), "ROW_2");
    assert_eq!(
        stage.say(&format!("{ENDS}[0]")),
        "3",
        "before all others, as its number is"
    );
    stage.act("scrollTo(0, 0)").await;
    stage.until(&format!("{ENDS}[0] === 1")).await;
    assert_eq!(stage.say("document.activeElement.textContent"), "ROW_2");
    assert_eq!(stage.say("all('[aria-rowindex=\"3\"]').length"), "1");
    stage
        .act("document.activeElement.blur(); scrollTo(0, document.scrollingElement.scrollHeight)")
        .await;
    stage.until(&format!("{ENDS}[0] > 9000")).await;
    stage.act("scrollTo(0, 0)").await;
}

#[wasm_bindgen_test]
async fn it_follows_what_it_shows() {
    let (count, word) = (RwSignal::new(500), RwSignal::new("before"));
    let stage = table(count, word).await;
    word.set("after");
    count.notify();
    stage.settle().await;
    assert!(stage.holds("all('[aria-rowindex]').every(it => it.lastElementChild.textContent === 'after')"));
    for rows in [3, 0, 1, 200] {
        count.set(rows);
        stage.settle().await;
        assert_eq!(stage.say("at('table').ariaRowCount"), rows.to_string());
        let drawn = stage.say("all('[aria-rowindex]').length").parse::<usize>().unwrap();
        assert!(drawn == rows || rows == 200 && drawn > 20, "{drawn} of {rows}");
    }
}

#[wasm_bindgen_test]
async fn rows_out_of_sight_follow_when_all_are_written() {
    let (count, word) = (RwSignal::new(500), RwSignal::new("before"));
    let stage = table(count, word).await;
    let drawn = || stage.say("all('[aria-rowindex]').length").parse::<usize>().unwrap();
    let after = async |milliseconds| gloo_timers::future::sleep(Duration::from_millis(milliseconds)).await;
    after(300).await;
    let all = drawn();
    word.set("after");
    count.notify();
    stage.settle().await;
    let near = drawn();
    assert!(near + 8 <= all, "{near} of {all}");
    let is_written = "all('[aria-rowindex]').every(it => it.lastElementChild.textContent === 'after')";
    assert!(stage.holds(is_written));
    after(300).await;
    assert_eq!(drawn(), all);
    assert!(stage.holds(is_written));
    for rows in [30, 3, 500] {
        count.set(rows);
        after(60).await;
    }
    after(300).await;
    assert_eq!(drawn(), all);
    stage.act("at('[aria-rowindex=\"9\"] a').focus()").await;
    count.notify();
    after(300).await;
    assert_eq!(stage.say("document.activeElement.textContent"), "ROW_8");
}

#[wasm_bindgen_test]
async fn rows_may_move_only_after_a_while_in_which_nothing_happens_to_them() {
    let (count, rests) = (RwSignal::new(200), RwSignal::new(0));
    let stage = Stage::of(move || {
        let columns = vec![Column {
            name: "Name",
            kind: Kind::Name,
            width: "",
        }];
        let draw: Draw = Arc::new(|index, pen| pen.name(0, &format!("ROW_{index}"), "/rows"));
        let on_rest = move |()| rests.update(|rests| *rests += 1);
        view! { <LongTable label="Long" columns head=().into_any() count draw on_rest /> }
    })
    .await;
    let after = async |milliseconds| {
        gloo_timers::future::sleep(Duration::from_millis(milliseconds)).await;
        rests.get_untracked()
    };
    assert_eq!(after(400).await, 1);
    for _ in 0..8 {
        count.notify();
        assert_eq!(after(40).await, 1, "pages that arrive put it off");
    }
    assert_eq!(after(400).await, 2);
    let acts = [
        ("at('[aria-rowindex=\"3\"] a').focus()", "document.activeElement.blur()"),
        (
            "at('tbody').dispatchEvent(new PointerEvent('pointerdown'))",
            "at('tbody').dispatchEvent(new PointerEvent('pointerleave'))",
        ),
        ("scrollTo(0, 900)", "scrollTo(0, 0)"),
    ];
    for (number, (begin, end)) in (2..).zip(acts) {
        stage.act(begin).await;
        count.notify();
        assert_eq!(after(400).await, number, "after {begin}");
        stage.act(end).await;
        assert_eq!(after(400).await, number + 1, "after {end}");
    }
    drop(stage);
    count.notify();
    assert_eq!(after(400).await, 5);
}

#[wasm_bindgen_test]
async fn what_is_pressed_in_a_row_is_heard_with_its_key() {
    let heard = RwSignal::new(Vec::new());
    let stage = Stage::of(move || {
        let columns = [
            ("", Kind::Check),
            ("Name", Kind::Name),
            ("Labels", Kind::Chips),
            ("more", Kind::Menu),
        ];
        let columns = columns.map(|(name, kind)| Column { name, kind, width: "" }).to_vec();
        let draw: Draw = Arc::new(move |index, pen| {
            pen.key(&format!("key {index}"));
            pen.check(0, &format!("Select {index}"), index == 1);
            pen.name(1, &format!("ROW_{index}"), "/rows");
            pen.chips(2, [("env", "test"), ("bare", "")].into_iter(), 2, |more| {
                format!("{more} more")
            });
            pen.menu(3, &format!("Actions for {index}"));
        });
        let on_press = move |pressed| heard.update(|heard| heard.push(pressed));
        view! { <LongTable label="Long" columns head=().into_any() count=Signal::derive(|| 5) draw on_press /> }
    })
    .await;
    stage.until("all('tbody tr:not(.space)').length === 5").await;
    assert_eq!(
        stage.say("all('input').map(it => it.checked)"),
        "false,true,false,false,false"
    );
    assert_eq!(
        stage.say("all('tr[aria-selected=true]').map(it => it.ariaRowIndex)"),
        "2"
    );
    stage.act("all('input')[2].click()").await;
    stage
        .act("all('input')[2].dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }))")
        .await;
    stage.act("all('.chip')[3].click()").await;
    stage.act("all('[aria-haspopup=menu]')[4].click()").await;
    assert!(stage.holds("all('.row-anchor').length === 1 && at('.row-anchor').ariaLabel === 'Actions for 4'"));
    stage.act("all('[aria-haspopup=menu]')[0].click()").await;
    assert!(stage.holds("all('.row-anchor').length === 1 && at('.row-anchor').ariaLabel === 'Actions for 0'"));
    // Stopped, so that the click does not navigate away from the tests.
    stage
        .act("addEventListener('click', event => event.preventDefault(), { once: true }); at('th a').click()")
        .await;
    let key = |index: usize| format!("key {index}");
    let check = |is_checked, is_range| Press::Check { is_checked, is_range };
    assert_eq!(
        heard.get_untracked(),
        [
            (key(2), check(true, false)),
            (key(2), check(false, true)),
            (key(1), Press::MoreChips),
            (key(4), Press::Menu),
            (key(0), Press::Menu)
        ],
        "and a link is not heard"
    );
}

#[wasm_bindgen_test]
async fn other_columns_take_the_place_of_those_before() {
    let has_note = RwSignal::new(true);
    let stage = Stage::of(move || {
        dynamic(move || {
            let has_note = has_note.get();
            let all = [("Name", Kind::Name), ("Note", Kind::Text)].map(|(name, kind)| Column { name, kind, width: "" });
            let columns = all[..1 + usize::from(has_note)].to_vec();
            let draw: Draw = Arc::new(move |index, pen| {
                pen.name(0, &format!("ROW_{index}"), "/rows");
                pen.text(1, "note");
            });
            view! { <LongTable label="Long" columns head=().into_any() count=Signal::derive(|| 3) draw /> }
        })
    })
    .await;
    let texts = "all('tbody tr:not(.space)').map(it => it.textContent)";
    for (wanted, rows) in [
        (true, "ROW_0note,ROW_1note,ROW_2note"),
        (false, "ROW_0,ROW_1,ROW_2"),
        (true, "ROW_0note,ROW_1note,ROW_2note"),
    ] {
        has_note.set(wanted);
        stage.until(&format!("{texts}.join() === '{rows}'")).await;
        assert_eq!(stage.say("all('tbody tr.space').length"), "2");
    }
}

/// Rows that are followed by their keys, in the order of a signal.
async fn anchored(keys: RwSignal<Vec<u32>>, view: RwSignal<u32>) -> Stage {
    let stage = Stage::of(move || {
        let columns = vec![Column {
            name: "Name",
            kind: Kind::Name,
            width: "",
        }];
        let draw: Draw = Arc::new(move |index, pen| {
            let key = keys.with_untracked(|keys| keys.get(index).copied()).unwrap_or_default();
            pen.key(&key.to_string());
            pen.name(0, &format!("ROW_{key}"), "/rows");
        });
        let anchor = Anchor {
            index_of: Arc::new(move |key| {
                let key = key.parse::<u32>().ok()?;
                keys.with_untracked(|keys| keys.iter().position(|it| *it == key))
            }),
            view: Arc::new(move || view.get_untracked()),
        };
        let count = Signal::derive(move || keys.with(Vec::len));
        view! { <LongTable label="Long" columns head=().into_any() count draw anchor /> }
    })
    .await;
    stage.until("all('tbody tr:not(.space)').length > 0").await;
    // As style/long_table.css has it: no anchor of the browser's, and no gaps between rows.
    stage
        .act("Object.assign(at('table').style, { overflowAnchor: 'none', borderCollapse: 'collapse' })")
        .await;
    stage
}

#[wasm_bindgen_test]
async fn the_focus_stays_on_its_row_when_rows_come_and_go() {
    let keys = RwSignal::new((0..1000).collect::<Vec<u32>>());
    let stage = anchored(keys, RwSignal::new(0)).await;
    stage.act("at('[aria-rowindex=\"6\"] a').focus()").await;
    keys.update(|keys| {
        keys.retain(|key| *key != 2);
        keys.splice(0..0, 2000..2003);
    });
    stage.settle().await;
    assert_eq!(stage.say("document.activeElement.textContent"), "ROW_5");
    let index = "document.activeElement.closest('tr').ariaRowIndex";
    assert_eq!(stage.say(index), "8");
    keys.update(|keys| keys.reverse());
    stage.settle().await;
    assert_eq!(stage.say("document.activeElement.textContent"), "ROW_5");
    assert_eq!(stage.say(index), "995");
    stage.act("document.activeElement.blur(); scrollTo(0, 0)").await;
}

#[wasm_bindgen_test]
async fn what_is_in_sight_stays_in_sight_unless_another_view_is_chosen() {
    let (keys, view) = (RwSignal::new((0..1000).collect::<Vec<u32>>()), RwSignal::new(0));
    let stage = anchored(keys, view).await;
    stage
        .act("scrollTo(0, document.scrollingElement.scrollHeight / 2)")
        .await;
    stage.until(&format!("{ENDS}[0] > 300")).await;
    // Not the first one below the edge: positions are rounded to pixels.
    let top = "(links => {
        const far = it => Math.abs(it.getBoundingClientRect().top);
        return links.reduce((one, other) => far(one) <= far(other) ? one : other).textContent
    })(all('[aria-rowindex] a'))";
    let before = stage.say(top);
    keys.update(|keys| {
        keys.splice(0..0, 2000..2040);
    });
    stage.settle().await;
    assert_eq!(stage.say(top), before);
    view.set(1);
    keys.update(|keys| keys.rotate_left(40));
    stage.settle().await;
    assert_ne!(stage.say(top), before, "nobody expects to see the same");
    stage.act("scrollTo(0, 0)").await;
}
