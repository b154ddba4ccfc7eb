//! Buttons, fields and choices.

use contract::LabelPart;
use leptos::html::Input;
use leptos::prelude::*;

use crate::app::gallery::Specimen;
use crate::browser::secret_textarea::SecretTextarea;
use crate::components::label_editor::{LabelChip, LabelDraft, LabelEditor, LabelInput};
use crate::ui::button::{Button, IconButton, Rank, SubmitButton};
use crate::ui::choice::{Checkbox, Choice, RadioGroup, Select, SelectOption, Shape};
use crate::ui::field::{SecretArea, SecretField, TextField};
use crate::ui::icon::{Glyph, icon};
use crate::ui::number_field::NumberField;
use crate::ui::search_box::SearchBox;

#[component]
pub fn Controls() -> impl IntoView {
    view! {
        <h2 class="heading">"Controls"</h2>
        <Buttons />
        <Fields />
        <Choices />
        <Labels />
    }
    .into_any()
}

#[component]
fn Buttons() -> impl IntoView {
    let nothing = |_| ();
    let busy = Signal::derive(|| true);
    let refused = Signal::derive(|| Some("This workspace is archived.".to_owned()));
    let rank = move |rank: Rank, name: &'static str| {
        view! {
            <div class="actions">
                <Button rank on_click=nothing>{name}</Button>
                <Button rank glyph=Glyph::PLUS on_click=nothing>{name}</Button>
                <Button rank is_busy=busy on_click=nothing>"Working…"</Button>
                <Button rank refusal=refused on_click=nothing>"Refused"</Button>
            </div>
        }
        .into_any()
    };
    let icons = Glyph::ALL.iter().map(|glyph| icon(*glyph)).collect_view();
    view! {
        <Specimen name="Button: as it is, with an icon, busy, refused">
            {rank(Rank::Primary, "Primary")}
            {rank(Rank::Secondary, "Secondary")}
            {rank(Rank::Danger, "Danger")}
            {rank(Rank::Quiet, "Quiet")}
        </Specimen>
        <Specimen name="Button that sends a form">
            <div class="actions">
                <SubmitButton>"Send"</SubmitButton>
                <SubmitButton is_busy=busy>"Sending…"</SubmitButton>
            </div>
        </Specimen>
        <Specimen name="Icon button">
            <div class="actions">
                <IconButton glyph=Glyph::COPY label="Copy the name".to_owned() on_click=|()| () />
                <IconButton glyph=Glyph::TRASH label="Delete it".to_owned() on_click=|()| () />
            </div>
        </Specimen>
        <Specimen name="Icons"><p class="actions">{icons}</p></Specimen>
    }
    .into_any()
}

#[component]
fn Fields() -> impl IntoView {
    let text = RwSignal::new(String::new());
    let wrong = RwSignal::new("two words".to_owned());
    let problem =
        Signal::derive(move || wrong.with(|wrong| wrong.contains(' ').then(|| "Leave out the space.".to_owned())));
    let (key, wrong_key, value) = (NodeRef::<Input>::new(), NodeRef::<Input>::new(), SecretTextarea::new());
    let found = RwSignal::new(String::new());
    let number = RwSignal::new(32_usize);
    let no_number = Signal::derive(|| 0_usize);
    view! {
        <Specimen name="Text field: empty, with an error, with a counter">
            <TextField id="plain" label="Name" hint="What it is called." value=text on_input=move |typed| text.set(typed) />
            <TextField id="wrong" label="Name with an error" value=wrong on_input=move |typed| wrong.set(typed) error=problem is_code=true />
            <TextField
                id="counted"
                label="Name that is counted"
                hint="Characters, not bytes."
                value=wrong
                on_input=move |typed| wrong.set(typed)
                is_optional=true
                most=63
            />
        </Specimen>
        <Specimen name="Secret field: one line, several, with an error">
            <SecretField id="key" label="Key" hint="Dots until you ask." input=key on_input=|()| () />
            <SecretArea id="value" label="Value" field=value when_hidden="Hidden." on_input=|()| () is_optional=true />
            <SecretField
                id="wrong-key"
                label="Key with an error"
                input=wrong_key
                on_input=|()| ()
                error=Signal::derive(|| Some("Enter a key.".to_owned()))
            />
        </Specimen>
        <Specimen name="Number field: as it is, with an error">
            <NumberField id="number" label="Length" value=number on_input=move |typed| number.set(typed) most=64 />
            <NumberField id="no-number" label="Length with an error" value=no_number on_input=|_| () most=64 />
        </Specimen>
        <Specimen name="Search field">
            <SearchBox label="Search widgets" hint="Names" text=found on_search=move |wanted| found.set(wanted) />
        </Specimen>
    }
    .into_any()
}

#[component]
fn Choices() -> impl IntoView {
    let is_on = RwSignal::new(true);
    let chosen = RwSignal::new(0_usize);
    let picked = RwSignal::new("two".to_owned());
    let choice = |id, label, hint| Choice {
        id,
        label,
        hint,
        ..Choice::default()
    };
    let listed = vec![
        choice("one-of-list", "Keep", "It stays as it is."),
        choice("two-of-list", "Replace", "Write a new one."),
    ];
    let segments = vec![
        choice("one-of-segments", "Compact", ""),
        choice("two-of-segments", "Comfortable", ""),
    ];
    let options = ["one", "two", "three"].map(|value| SelectOption {
        value: value.to_owned(),
        text: format!("Choice {value}"),
        language: None,
    });
    let more = options.to_vec();
    view! {
        <Specimen name="Checkbox: with and without a hint">
            <Checkbox id="with-hint" label="Stay connected" hint="Until you close the tab." is_checked=is_on on_change=move |on| is_on.set(on) />
            <Checkbox id="without-hint" label="Show last use" is_checked=is_on on_change=move |on| is_on.set(on) />
        </Specimen>
        <Specimen name="Radio group: list, segments">
            <RadioGroup name="list" label="Value change" choices=listed chosen on_choose=move |index| chosen.set(index) />
            <RadioGroup name="segments" label="Density" choices=segments chosen on_choose=move |index| chosen.set(index) shape=Shape::Segments />
        </Specimen>
        <Specimen name="Select: with its label, and with one for screen readers only">
            <Select id="labelled" label="Order" options=options.to_vec() chosen=picked on_choose=move |value| picked.set(value) />
            <Select id="bare" label="Another order" is_label_hidden=true options=more chosen=picked on_choose=move |value| picked.set(value) />
        </Specimen>
    }
    .into_any()
}

#[component]
fn Labels() -> impl IntoView {
    let rows = RwSignal::new(vec![
        (1_u64, "env".to_owned(), "production".to_owned()),
        (2, "bad key".to_owned(), String::new()),
    ]);
    let numbers = Signal::derive(move || rows.with(|rows| rows.iter().map(|(number, ..)| *number).collect::<Vec<_>>()));
    let draft = Callback::new(move |wanted: u64| {
        rows.with(|rows| {
            let found = rows.iter().find(|(number, ..)| *number == wanted);
            found.map_or_else(LabelDraft::default, |(_, key, value)| LabelDraft {
                key: key.clone(),
                value: value.clone(),
                problem: key
                    .contains(' ')
                    .then(|| (LabelPart::Key, "Leave out the space.".to_owned())),
            })
        })
    });
    let on_input = move |input: LabelInput| {
        rows.update(|rows| match input {
            LabelInput::Add => {
                let last = rows.iter().map(|(number, ..)| *number).max().unwrap_or_default();
                rows.push((last + 1, String::new(), String::new()));
            }
            LabelInput::Remove(wanted) => rows.retain(|(number, ..)| *number != wanted),
            LabelInput::Type(wanted, part, text) => {
                if let Some(row) = rows.iter_mut().find(|(number, ..)| *number == wanted) {
                    match part {
                        LabelPart::Prefix | LabelPart::Key => row.1 = text,
                        LabelPart::Value => row.2 = text,
                    }
                }
            }
        });
    };
    let suggest = Callback::new(|(_, part)| match part {
        LabelPart::Prefix | LabelPart::Key => vec!["env".to_owned(), "team".to_owned()],
        LabelPart::Value => vec!["production".to_owned(), "staging".to_owned()],
    });
    view! {
        <Specimen name="Label chip: to read, without a value, to take away">
            <span class="chips">
                <LabelChip name="env".to_owned() value="production".to_owned() />
                <LabelChip name="deprecated".to_owned() value=String::new() />
                <LabelChip name="team".to_owned() value="payments".to_owned() on_remove=|()| () />
            </span>
        </Specimen>
        <Specimen name="Label editor, with an error; the down arrow suggests">
            <LabelEditor numbers draft on_input suggest />
        </Specimen>
    }
    .into_any()
}
