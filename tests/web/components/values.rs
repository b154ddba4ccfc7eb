//! The field for a value: what is given is what is sent, and what is odd is told. And labels that are pasted or suggested.

use contract::{LabelPart, SecretText};
use leptos::prelude::*;
use strongroom::browser::clipboard::Paste;
use strongroom::components::label_editor::{LabelDraft, LabelEditor, LabelInput};
use strongroom::components::value_input::{ValueHandle, ValueInput};
use strongroom::ui::number_field::NumberField;
use strongroom_core::model::label_paste;
use strongroom_core::model::metadata_form::{FormInput, MetadataForm};
use wasm_bindgen_test::wasm_bindgen_test;

use super::Stage;

/// The field on the stage, and how often it said that it changed.
pub(super) async fn field() -> (Stage, ValueHandle, RwSignal<usize>) {
    field_with(None, true).await
}

/// The same, with the value of a draft.
async fn field_with(text: Option<&SecretText>, is_shown: bool) -> (Stage, ValueHandle, RwSignal<usize>) {
    let owner = Owner::new();
    let (value, changes) = owner.with(|| (ValueHandle::with(text, is_shown), RwSignal::new(0)));
    // They outlive the stage, as a page outlives its views.
    std::mem::forget(owner);
    let stage = Stage::of(move || {
        let error = Signal::derive(|| None::<String>);
        view! { <ValueInput id="value" label="Value" value on_change=move |()| changes.update(|it| *it += 1) error is_optional=true /> }
    })
    .await;
    (stage, value, changes)
}

pub(super) fn sent(value: ValueHandle) -> String {
    value.take().map(|value| value.expose().to_owned()).unwrap_or_default()
}

/// The findings below the field.
pub(super) fn told(stage: &Stage) -> String {
    stage.say("[...all('.value-facts p, .findings li')].map(it => it.textContent).join('|')")
}

/// The same, once input has paused.
pub(super) async fn findings(stage: &Stage) -> String {
    gloo_timers::future::sleep(std::time::Duration::from_millis(550)).await;
    told(stage)
}

/// A script that drops or chooses a file of these bytes.
pub(super) fn file(how: &str, name: &str, bytes: &str) -> String {
    format!(
        "const data = new DataTransfer();
         data.items.add(new File([new Uint8Array({bytes})], '{name}'));
         {how}"
    )
}

pub(super) const DROP: &str =
    "at('textarea').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}))";
const CHOOSE: &str = "at('input[type=file]').files = data.files; at('input[type=file]').dispatchEvent(new Event('change', {bubbles: true}))";

#[wasm_bindgen_test]
async fn what_is_typed_is_counted_and_what_is_odd_is_told_when_typing_pauses() {
    let (stage, value, changes) = field().await;
    assert_eq!((sent(value).as_str(), told(&stage).as_str()), ("", ""));
    stage
        .act("at('textarea').focus(); type('textarea', 'a\\nb\\u200b \\n')")
        .await;
    assert_eq!(sent(value), "a\nb\u{200b} \n");
    assert_eq!(changes.get_untracked(), 1);
    assert_eq!(told(&stage), "8 bytes · 2 lines", "it may go on");
    let found = findings(&stage).await;
    for part in ["Invisible character at ", "Ends with a space", "Ends with a line break"] {
        assert!(found.contains(part), "{found}");
    }
    assert!(
        stage
            .say("at('textarea').getAttribute('aria-describedby')")
            .contains("value-facts")
    );
    assert!(stage.holds("!document.getElementById('stage').innerHTML.includes('b\\u200b')"));
    stage.act("all('.findings button').at(-1).click()").await;
    assert_eq!(sent(value), "a\nb\u{200b}", "what is not meant is removed");
    assert!(!findings(&stage).await.contains("Ends with"));
}

#[wasm_bindgen_test]
async fn the_value_of_a_draft_is_there_from_the_start_byte_for_byte() {
    let text = SecretText::new("a\r\nb\n");
    for is_shown in [true, false] {
        let (stage, value, changes) = field_with(Some(&text), is_shown).await;
        assert_eq!((sent(value).as_str(), value.byte_count()), ("a\r\nb\n", 5));
        let in_field = if is_shown { "a\nb\n" } else { "" };
        assert_eq!(stage.say("at('textarea').value"), in_field);
        assert!(told(&stage).starts_with("5 bytes"), "{}", told(&stage));
        assert_eq!(changes.get_untracked(), 0, "nobody has typed");
    }
}

#[wasm_bindgen_test]
async fn a_file_is_taken_byte_for_byte() {
    let (stage, value, changes) = field().await;
    // "a\r\nb\r\n" with a byte order mark.
    stage
        .act(&file(DROP, "windows.txt", "[0xef, 0xbb, 0xbf, 97, 13, 10, 98, 13, 10]"))
        .await;
    stage.until("at('textarea').value.length > 0").await;
    assert_eq!(sent(value), "\u{feff}a\r\nb\r\n");
    assert!(changes.get_untracked() > 0);
    assert!(told(&stage).contains("9 bytes · 2 lines"), "{}", told(&stage));
    assert!(
        findings(&stage).await.contains("CRLF") && told(&stage).contains("Byte order mark at 1:1"),
        "{}",
        told(&stage)
    );
    stage
        .act("all('button').find(it => it.textContent === 'Convert line ends to LF').click()")
        .await;
    assert_eq!(sent(value), "\u{feff}a\nb\n");
    assert!(!findings(&stage).await.contains("Line ends"), "{}", told(&stage));
    stage.act(&file(CHOOSE, "mixed.txt", "[97, 10, 98, 13, 99]")).await;
    stage.until("at('textarea').value.startsWith('a\\nb\\nc')").await;
    stage.settle().await;
    assert_eq!(sent(value), "a\nb\rc");
    stage.act("type('textarea', 'a\\nb')").await;
    assert!(
        findings(&stage).await.contains("Line ends are sent as LF."),
        "{}",
        told(&stage)
    );
    assert_eq!(sent(value), "a\nb");
}

#[wasm_bindgen_test]
async fn what_is_no_text_or_too_large_is_refused_with_the_reason() {
    let (stage, value, _) = field().await;
    stage.act("type('textarea', 'kept')").await;
    for (bytes, reason) in [
        ("[97, 0, 98]", "null byte"),
        ("[97, 98, 0xff]", "is not UTF-8 (byte 3)"),
        ("16777217", "16,777,217 bytes"),
    ] {
        stage.act(&file(DROP, "it.bin", bytes)).await;
        stage
            .until(&format!("at('[role=alert]')?.textContent.includes('{reason}')"))
            .await;
        assert_eq!(sent(value), "kept");
    }
    stage
        .act(&file(
            &format!("data.items.add(new File(['x'], 'two')); {DROP}"),
            "one",
            "[97]",
        ))
        .await;
    stage
        .until("at('[role=alert]')?.textContent.includes('one file')")
        .await;
    // More than some servers take is pointed out, and sent.
    stage.act("type('textarea', 'a'.repeat(65537))").await;
    stage
        .until("at('.findings')?.textContent.includes('65,537 bytes')")
        .await;
    assert_eq!(sent(value).len(), 65537);
    assert!(stage.holds("!at('textarea').hasAttribute('aria-invalid')"));
}

#[wasm_bindgen_test]
async fn a_paste_is_sent_with_lf_and_that_is_told() {
    let (stage, value, _) = field().await;
    stage.act("type('textarea', 'one\\ntwo')").await;
    assert!(!findings(&stage).await.contains("Line ends"), "{}", told(&stage));
    let paste = "at('textarea').setSelectionRange(4, 7);
        const data = new DataTransfer();
        data.setData('text/plain', 'x\\r\\ny\\r\\n');
        at('textarea').dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        type('textarea', 'one\\nx\\ny\\n');";
    stage.act(paste).await;
    assert_eq!(sent(value), "one\nx\ny\n");
    assert!(
        findings(&stage).await.contains("Line ends are sent as LF."),
        "{}",
        told(&stage)
    );
    assert!(
        told(&stage).contains("Ends with a line break"),
        "what is pasted is whole: {}",
        told(&stage)
    );
}

#[wasm_bindgen_test]
async fn a_draft_comes_back_as_it_was() {
    let (stage, value, _) = field().await;
    assert!(value.set(&SecretText::new("a\r\n{\n")));
    assert_eq!((sent(value).as_str(), value.byte_count()), ("a\r\n{\n", 5));
    stage.act("window.left = at('textarea')").await;
    drop(stage);
    let left = js_sys::eval("window.left.value").unwrap().as_string();
    assert_eq!(
        left.as_deref(),
        Some(""),
        "whoever still refers to the field finds nothing in it"
    );
    assert!(!value.set(&SecretText::new("nowhere")) && value.take().is_none());
}

#[wasm_bindgen_test]
async fn json_and_pem_are_recognised() {
    let (stage, _, _) = field().await;
    stage.act("type('textarea', '{\"a\": 1}')").await;
    assert!(told(&stage).contains("valid JSON"), "{}", told(&stage));
    stage.act("type('textarea', '{\"a\": canary}')").await;
    assert!(
        findings(&stage).await.contains("Invalid JSON: line 1, column 7"),
        "{}",
        told(&stage)
    );
    assert!(!told(&stage).contains("canary"));
    stage
        .act("type('textarea', '-----BEGIN A-----\\nAAAA\\n-----END A-----\\n')")
        .await;
    assert!(told(&stage).contains("1 valid PEM block"), "{}", told(&stage));
}

#[wasm_bindgen_test]
async fn a_value_is_made_as_it_is_wanted() {
    let (stage, value, _) = field().await;
    let generate = "all('button').find(it => it.textContent === 'Generate').click()";
    stage.act(&format!("at('details').open = true; {generate}")).await;
    let first = sent(value);
    assert_eq!(first.len(), 32);
    assert!(stage.say("at('.generator').textContent").contains("190 bits"));
    stage.act(generate).await;
    assert!(sent(value).len() == 32 && sent(value) != first, "another each time");
    stage
        .act(&format!(
            "type('#generate-length', '12'); at('#generate-alphabet').value = '1';
             at('#generate-alphabet').dispatchEvent(new Event('change', {{bubbles: true}})); {generate}"
        ))
        .await;
    assert_eq!(sent(value).len(), 12);
    assert!(stage.say("at('.generator').textContent").contains("77 bits"));
    let before = sent(value);
    stage.act(&format!("type('#generate-length', '0'); {generate}")).await;
    assert_eq!(sent(value), before);
    assert_eq!(stage.say("at('#generate-length').getAttribute('aria-invalid')"), "true");
    stage
        .act("type('#generate-length', '20'); key('#generate-length', 'Enter')")
        .await;
    assert_eq!(sent(value).len(), 20);
    assert!(stage.holds("all('[role=status]').some(it => it.textContent.includes('129 bits'))"));
}

#[wasm_bindgen_test]
async fn a_number_field_hands_on_numbers_and_tells_of_others() {
    let number = RwSignal::new(8_usize);
    let stage = Stage::of(move || {
        view! { <NumberField id="number" label="Length" value=number on_input=move |it| number.set(it) most=64 /> }
    })
    .await;
    for (typed, handed_on) in [("9", 9), (" 64 ", 64), ("65", 0), ("x", 0), ("", 0), ("1", 1)] {
        stage.act(&format!("type('#number', '{typed}')")).await;
        assert_eq!(number.get_untracked(), handed_on, "{typed}");
        assert_eq!(stage.say("at('#number').value"), typed);
        assert_eq!(stage.holds("at('#number-error').hidden"), handed_on > 0);
    }
}

/// A label editor over a form.
async fn labels() -> (Stage, RwSignal<MetadataForm>) {
    let owner = Owner::new();
    let form = owner.with(|| RwSignal::new(MetadataForm::default()));
    std::mem::forget(owner);
    let stage = Stage::of(move || {
        let numbers =
            Signal::derive(move || form.with(|form| form.labels.iter().map(|row| row.number).collect::<Vec<_>>()));
        let draft = Callback::new(move |number: u64| {
            let row = form.with(|form| form.labels.iter().find(|row| row.number == number).cloned());
            let row = row.unwrap_or_default();
            LabelDraft {
                key: row.key,
                value: row.value,
                problem: None,
            }
        });
        let on_paste = Callback::new(move |(number, _, paste): (u64, LabelPart, Paste)| {
            let pasted = label_paste::read(&paste.text)?;
            let end = paste.place.0 + pasted.rest.len();
            form.update(|form| form.apply(FormInput::Paste(number, LabelPart::Key, pasted, paste.place)));
            Some(end)
        });
        let suggest = Callback::new(move |(_, part)| match part {
            LabelPart::Prefix | LabelPart::Key => vec!["env".to_owned(), "team".to_owned()],
            LabelPart::Value => Vec::new(),
        });
        let on_input = move |input| {
            form.update(|form| match input {
                LabelInput::Add => form.apply(FormInput::AddLabel),
                LabelInput::Type(number, LabelPart::Prefix | LabelPart::Key, text) => {
                    form.apply(FormInput::LabelKey(number, text))
                }
                LabelInput::Type(number, LabelPart::Value, text) => form.apply(FormInput::LabelValue(number, text)),
                LabelInput::Remove(number) => form.apply(FormInput::RemoveLabel(number)),
            });
        };
        view! { <LabelEditor numbers draft on_input on_paste suggest /> }
    })
    .await;
    stage.act("at('.fieldset > .button').click()").await;
    (stage, form)
}

#[wasm_bindgen_test]
async fn pasted_labels_become_rows_and_other_text_stays_text() {
    let (stage, form) = labels().await;
    let paste = |text: &str| {
        format!(
            "const data = new DataTransfer(); data.setData('text/plain', '{text}');
             return at('.label-row .input').dispatchEvent(
                 new ClipboardEvent('paste', {{clipboardData: data, bubbles: true, cancelable: true}}))"
        )
    };
    assert!(
        stage.run(&paste("just text")).is_truthy(),
        "the browser puts it where it belongs"
    );
    assert!(stage.run(&paste("env=prod, team=payments")).is_falsy());
    stage.settle().await;
    assert_eq!(
        stage.say("all('.label-row .input').map(it => it.value)"),
        "env,prod,team,payments"
    );
    assert_eq!(form.with_untracked(|form| form.labels.len()), 2);
    // What is no label stays where it was pasted, and the caret behind it.
    stage.run("at('.label-row .input').focus(); at('.label-row .input').setSelectionRange(1, 1)");
    assert!(stage.run(&paste("xy, a=b")).is_falsy());
    stage.settle().await;
    assert_eq!(stage.say("at('.label-row .input').value"), "exynv");
    assert_eq!(stage.say("at('.label-row .input').selectionStart"), "3");
}

#[wasm_bindgen_test]
async fn labels_in_use_are_suggested_and_taken_by_keyboard() {
    let (stage, form) = labels().await;
    stage.act("type('.label-row .input', 'e')").await;
    assert!(stage.holds("at('[popover]').matches(':popover-open')"));
    assert_eq!(
        stage.say("all('[popover] button').map(it => it.textContent)"),
        "env,team"
    );
    assert_eq!(
        stage.say("all('[role=status]').map(it => it.textContent).join('')"),
        "2 suggestions. Press the down arrow to choose."
    );
    stage.act("key('.label-row .input', 'ArrowDown')").await;
    assert!(stage.holds("document.activeElement === at('[popover] button')"));
    stage.act("document.activeElement.click()").await;
    assert_eq!(form.with_untracked(|form| form.labels[0].key.clone()), "env");
    assert!(stage.holds("!at('[popover]').matches(':popover-open')"));
    assert!(
        stage.holds("document.activeElement === at('.label-row .input')"),
        "{}",
        stage.say("document.activeElement.outerHTML")
    );
    stage
        .act("type('.label-row .input', 't'); key('.label-row .input', 'Escape')")
        .await;
    assert!(stage.holds("!at('[popover]').matches(':popover-open')"));
    assert_eq!(form.with_untracked(|form| form.labels[0].key.clone()), "t");
}

#[wasm_bindgen_test]
async fn enter_goes_on_to_the_value_and_to_the_next_label() {
    let (stage, form) = labels().await;
    stage
        .act("type('.label-row .input', 'env'); key('.label-row .input', 'Enter')")
        .await;
    assert!(stage.holds("document.activeElement === all('.label-row .input')[1]"));
    stage.act("all('.label-row .input')[1].dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true}))").await;
    assert_eq!(form.with_untracked(|form| form.labels.len()), 2);
    assert!(stage.holds("document.activeElement === all('.label-row .input')[2]"));
    // A blank row needs no other after it.
    stage.act("all('.label-row .input')[3].dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true}))").await;
    assert_eq!(form.with_untracked(|form| form.labels.len()), 2);
}
