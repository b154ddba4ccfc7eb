//! What is pressed, typed in and chosen from.

use contract::LabelPart;
use leptos::html::Input;
use leptos::prelude::*;
use strongroom::browser::secret_textarea::SecretTextarea;
use strongroom::components::label_editor::{LabelChip, LabelDraft, LabelEditor, LabelInput};
use strongroom::ui::button::{Button, IconButton, Rank, SubmitButton};
use strongroom::ui::choice::{Checkbox, Choice, RadioGroup, Select, SelectOption, Shape};
use strongroom::ui::field::{SecretArea, SecretField, TextField};
use strongroom::ui::icon::Glyph;
use wasm_bindgen_test::wasm_bindgen_test;

use super::Stage;

#[wasm_bindgen_test]
async fn a_button_acts_unless_it_is_busy_or_refused() {
    let clicks = RwSignal::new(0);
    let is_busy = RwSignal::new(false);
    let refusal = RwSignal::new(None::<String>);
    let stage = Stage::of(move || {
        view! {
            <Button rank=Rank::Danger glyph=Glyph::TRASH shortcut="d" is_busy refusal on_click=move |_| clicks.update(|it| *it += 1)>
                "Delete"
            </Button>
        }
    })
    .await;
    stage.act("at('button').click()").await;
    assert_eq!(clicks.get_untracked(), 1);
    assert_eq!(stage.say("at('button').textContent"), "Delete");
    assert_eq!(stage.say("at('button').getAttribute('aria-keyshortcuts')"), "d");
    assert!(stage.holds("at('.icon').getAttribute('aria-hidden') === 'true'"));
    is_busy.set(true);
    stage.settle().await;
    stage.act("at('button').click()").await;
    assert_eq!(clicks.get_untracked(), 1, "a second click does nothing");
    assert_eq!(stage.say("at('button').getAttribute('aria-disabled')"), "true");
    assert!(stage.holds("!at('button').disabled"), "it keeps the focus");
    is_busy.set(false);
    refusal.set(Some("The workspace is archived.".to_owned()));
    stage.settle().await;
    stage.act("at('button').click()").await;
    assert_eq!(clicks.get_untracked(), 1);
    assert_eq!(
        stage.say("at('button').getAttribute('aria-description')"),
        "The workspace is archived."
    );
    refusal.set(None);
    stage.settle().await;
    stage.act("at('button').click()").await;
    assert_eq!(clicks.get_untracked(), 2);
    assert!(stage.holds("!at('button').hasAttribute('aria-disabled')"));
}

#[wasm_bindgen_test]
async fn a_form_is_sent_once() {
    let sent = RwSignal::new(0);
    let is_busy = RwSignal::new(false);
    let stage = Stage::of(move || {
        view! {
            <form on:submit=move |event| { event.prevent_default(); sent.update(|it| *it += 1); }>
                <SubmitButton is_busy>"Send"</SubmitButton>
            </form>
        }
    })
    .await;
    stage.act("at('button').click()").await;
    is_busy.set(true);
    stage.settle().await;
    stage.act("at('button').click()").await;
    assert_eq!(sent.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn an_icon_button_says_what_it_does() {
    let clicks = RwSignal::new(0);
    let refusal = RwSignal::new(None::<String>);
    let stage = Stage::of(move || {
        view! { <IconButton glyph=Glyph::COPY label="Copy the name".to_owned() refusal on_click=move |()| clicks.update(|it| *it += 1) /> }
    })
    .await;
    assert_eq!(stage.say("at('button').getAttribute('aria-label')"), "Copy the name");
    assert_eq!(stage.say("at('button').dataset.tip"), "Copy the name");
    stage.act("at('button').click()").await;
    assert_eq!(clicks.get_untracked(), 1);
    assert!(stage.holds("!at('[aria-disabled], [aria-description]')"));
    refusal.set(Some("There is none.".to_owned()));
    stage.settle().await;
    assert_eq!(stage.say("at('button').getAttribute('aria-label')"), "Copy the name");
    assert_eq!(
        stage.say("[at('button').ariaDisabled, at('button').ariaDescription, at('button').dataset.tip]"),
        "true,There is none.,There is none."
    );
    stage.act("at('button').click()").await;
    assert_eq!(clicks.get_untracked(), 1, "it says why, and does nothing");
}

#[wasm_bindgen_test]
async fn a_text_field_ties_its_parts_together_and_alters_nothing() {
    let value = RwSignal::new(" a ".to_owned());
    let error = RwSignal::new(None::<String>);
    let stage = Stage::of(move || {
        view! { <TextField id="field" label="Name" hint="A hint." value on_input=move |text| value.set(text) error most=5 /> }
    })
    .await;
    assert_eq!(stage.say("at('label').htmlFor"), "field");
    assert_eq!(stage.say("at('#field').value"), " a ");
    assert_eq!(stage.say("at('#field').getAttribute('aria-describedby')"), "field-hint");
    assert!(stage.holds("at('#field-error').hidden"));
    assert_eq!(stage.say("at('.field-counter').textContent"), "3 of 5");
    stage.act("type('#field', '  much too long 🗝')").await;
    assert_eq!(
        value.get_untracked(),
        "  much too long 🗝",
        "nothing is trimmed or cut off"
    );
    assert_eq!(stage.say("at('.field-counter').textContent"), "17 of 5");
    error.set(Some("It is too long.".to_owned()));
    stage.settle().await;
    assert_eq!(stage.say("at('#field').getAttribute('aria-invalid')"), "true");
    assert_eq!(
        stage.say("at('#field').getAttribute('aria-describedby')"),
        "field-error field-hint"
    );
    assert_eq!(stage.say("at('#field-error').textContent"), "It is too long.");
    assert!(stage.holds("!at('#field-error').hidden"));
}

#[wasm_bindgen_test]
async fn a_secret_is_shown_when_asked_and_never_an_attribute() {
    let input = NodeRef::<Input>::new();
    let owner = Owner::new();
    let area = owner.with(SecretTextarea::new);
    std::mem::forget(owner);
    let typed = RwSignal::new(0);
    let stage = Stage::of(move || {
        let count = move |()| typed.update(|it| *it += 1);
        view! {
            <SecretField id="key" label="Key" input on_input=count />
            <SecretArea id="value" label="Value" field=area when_hidden="Hidden." on_input=count />
        }
    })
    .await;
    let masked = "[at('#key').type, at('#key').classList.contains('input-masked'), at('#key').autocomplete]";
    assert_eq!(
        stage.say(masked),
        "text,true,off",
        "no password field, and masked like one"
    );
    for mark in ["data-1p-ignore", "data-lpignore", "data-bwignore", "data-form-type"] {
        assert!(stage.holds(&format!("at('#key').hasAttribute('{mark}')")), "{mark}");
    }
    for opt_out in [
        "data-gramm",
        "data-gramm_editor",
        "data-enable-grammarly",
        "data-lt-active",
        "writingsuggestions",
    ] {
        assert!(
            stage.holds(&format!("at('#value').getAttribute('{opt_out}') === 'false'")),
            "{opt_out}"
        );
    }
    assert!(stage.holds("at('#value').getAttribute('autocorrect') === 'off'"));
    stage
        .act("type('#key', 'canary-of-a-field'); type('#value', 'canary\\nof an area\\n')")
        .await;
    assert_eq!(typed.get_untracked(), 2);
    assert_eq!(
        stage.say("all('button').map(it => it.ariaLabel)"),
        "Show Key,Hide Value"
    );
    stage.act("all('button').forEach(it => it.click())").await;
    assert_eq!(stage.say(masked), "text,false,off");
    assert_eq!(
        stage.say("all('button').map(it => it.ariaLabel)"),
        "Hide Key,Show Value"
    );
    assert_eq!(stage.say("at('#key').value"), "canary-of-a-field");
    assert_eq!(
        stage.say("[at('#value').value, at('#value').readOnly, at('#value').placeholder]"),
        ",true,Hidden.",
        "what is hidden is not in the page"
    );
    assert!(
        stage.holds("!document.getElementById('stage').innerHTML.includes('canary')"),
        "it is in no attribute and no text of the page"
    );
    stage.act("all('button').forEach(it => it.click())").await;
    assert_eq!(stage.say(masked), "text,true,off");
    assert_eq!(stage.say("at('#key').value"), "canary-of-a-field");
    assert_eq!(stage.say("at('#value').value"), "canary\nof an area\n");
    assert!(stage.holds("!at('#value').readOnly"));
}

#[wasm_bindgen_test]
async fn a_checkbox_is_one_line_with_its_hint() {
    let is_on = RwSignal::new(false);
    let stage = Stage::of(move || {
        view! { <Checkbox id="keep" label="Keep" hint="For this tab." is_checked=is_on on_change=move |on| is_on.set(on) /> }
    })
    .await;
    stage.act("at('label').click()").await;
    assert!(is_on.get_untracked());
    assert_eq!(stage.say("at('#keep').getAttribute('aria-describedby')"), "keep-hint");
    assert_eq!(stage.say("at('#keep-hint').textContent"), "For this tab.");
    is_on.set(false);
    stage.settle().await;
    assert!(stage.holds("!at('#keep').checked"));
}

#[wasm_bindgen_test]
async fn exactly_one_of_a_radio_group_is_chosen() {
    for shape in [Shape::List, Shape::Segments] {
        let chosen = RwSignal::new(1_usize);
        let stage = Stage::of(move || {
            let choice = |id, label| Choice {
                id,
                label,
                ..Choice::default()
            };
            let choices = vec![choice("one", "One"), choice("two", "Two")];
            view! { <RadioGroup name="group" label="Which" choices chosen on_choose=move |index| chosen.set(index) shape /> }
        })
        .await;
        assert_eq!(
            stage.say("at('[role=radiogroup]').getAttribute('aria-labelledby')"),
            "group-label"
        );
        assert_eq!(stage.say("at('#group-label').textContent"), "Which");
        assert_eq!(stage.say("all('input').map(it => it.checked)"), "false,true");
        stage.act("at('#one').click()").await;
        assert_eq!(chosen.get_untracked(), 0);
        assert_eq!(stage.say("all('input').map(it => it.checked)"), "true,false");
    }
}

#[wasm_bindgen_test]
async fn a_select_shows_what_is_chosen_and_is_named() {
    let chosen = RwSignal::new("b".to_owned());
    let stage = Stage::of(move || {
        let option = |value: &str| SelectOption {
            value: value.to_owned(),
            text: value.to_uppercase(),
            language: (value == "a").then_some("de"),
        };
        let options = vec![option("a"), option("b")];
        let choose = move |value| chosen.set(value);
        view! {
            <Select id="seen" label="Seen" options=options.clone() chosen on_choose=choose />
            <Select id="unseen" label="Unseen" is_label_hidden=true options chosen on_choose=choose />
        }
    })
    .await;
    assert_eq!(stage.say("all('select').map(it => it.value)"), "b,b");
    assert_eq!(stage.say("at('label').htmlFor"), "seen");
    assert_eq!(stage.say("at('#unseen').ariaLabel"), "Unseen");
    assert_eq!(stage.say("at('option').lang"), "de");
    stage
        .act("at('#seen').value = 'a'; at('#seen').dispatchEvent(new Event('change'))")
        .await;
    assert_eq!(chosen.get_untracked(), "a");
    assert_eq!(stage.say("at('#unseen').value"), "a");
}

#[wasm_bindgen_test]
async fn a_label_chip_can_be_taken_away() {
    let removed = RwSignal::new(0);
    let stage = Stage::of(move || {
        view! {
            <LabelChip name="env".to_owned() value="test".to_owned() />
            <LabelChip name="bare".to_owned() value=String::new() on_remove=move |()| removed.update(|it| *it += 1) />
        }
    })
    .await;
    assert_eq!(stage.say("all('.chip').map(it => it.textContent)"), "env=test,bare");
    assert_eq!(stage.say("all('button').map(it => it.ariaLabel)"), "Remove label bare");
    stage.act("at('button').click()").await;
    assert_eq!(removed.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_label_editor_leads_the_focus_and_says_what_is_wrong_where() {
    let rows = RwSignal::new(vec![(1_u64, "env".to_owned(), "bad value".to_owned())]);
    let stage = Stage::of(move || {
        let numbers = Signal::derive(move || rows.with(|rows| rows.iter().map(|row| row.0).collect::<Vec<_>>()));
        let draft = Callback::new(move |number: u64| {
            rows.with(|rows| {
                let row = rows.iter().find(|row| row.0 == number).cloned().unwrap_or_default();
                let problem = row.2.contains(' ').then(|| (LabelPart::Value, "No space.".to_owned()));
                LabelDraft {
                    key: row.1,
                    value: row.2,
                    problem,
                }
            })
        });
        let on_input = move |input| {
            rows.update(|rows| match input {
                LabelInput::Add => rows.push((9, String::new(), String::new())),
                LabelInput::Remove(number) => rows.retain(|row| row.0 != number),
                LabelInput::Type(number, part, text) => {
                    let row = rows.iter_mut().find(|row| row.0 == number).unwrap();
                    match part {
                        LabelPart::Prefix | LabelPart::Key => row.1 = text,
                        LabelPart::Value => row.2 = text,
                    }
                }
            });
        };
        view! { <LabelEditor numbers draft on_input /> }
    })
    .await;
    assert_eq!(
        stage.say("all('.label-row .input').map(it => it.value)"),
        "env,bad value"
    );
    assert_eq!(stage.say("all('.label-row .input').map(it => it.ariaInvalid)"), ",true");
    assert_eq!(stage.say("at('#label-1-error').textContent"), "No space.");
    assert_eq!(
        stage.say("all('.label-row .input')[1].getAttribute('aria-describedby')"),
        "label-1-error"
    );
    stage.act("at('.fieldset > .button').click()").await;
    assert_eq!(stage.say("all('.label-row').length"), "2");
    assert!(stage.holds("document.activeElement === all('.label-row')[1].querySelector('.input')"));
    stage.act("type('.label-row:last-of-type .input', 'team')").await;
    assert_eq!(rows.get_untracked()[1].1, "team");
    stage.act("all('.label-row button')[1].click()").await;
    assert_eq!(stage.say("all('.label-row').length"), "1");
    assert!(stage.holds("document.activeElement === at('.fieldset > .button')"));
}
