//! What is known of a value, in words.

use contract::SecretText;
use leptos::prelude::*;
use strongroom_core::i18n::{fill, plural, secret_words as words};
use strongroom_core::model::format_check::{Form, PemProblem};
use strongroom_core::model::line_ends::{End, LineEnds};
use strongroom_core::model::value_inspection::ValueFacts;

use crate::browser::intl;
use crate::browser::secret_textarea::NotTaken;
use crate::components::messages::oddity_name;
use crate::ui::button::{Button, Rank};
use crate::ui::erased::{When, dynamic};

/// How large the value is, what it seems to be, and what is odd about it. It describes the field, so that a screen reader
/// reads it there; only how many things there are to look at is announced by itself.
#[component]
pub fn Told(
    /// Its id.
    id: String,
    /// What is known.
    facts: RwSignal<ValueFacts>,
    /// Every line shall end with LF.
    #[prop(into)]
    on_lf: Callback<()>,
) -> impl IntoView {
    let words = words();
    let facts = Memo::new(move |_| facts.get());
    let size = move || facts.with(|facts| (facts.bytes > 0).then(|| size(facts)));
    let found = move || {
        let lines = facts.with(findings);
        (!lines.is_empty()).then(|| {
            let items: Vec<AnyView> = lines
                .into_iter()
                .map(|line| view! { <li>{line}</li> }.into_any())
                .collect();
            view! { <ul class="findings">{items}</ul> }
        })
    };
    let count = Memo::new(move |_| facts.with(ValueFacts::findings));
    let announced = move || {
        let count = count.get();
        let sentence = plural(count, words.findings_one, words.findings);
        (count > 0).then(|| fill(sentence, &[("count", &intl::count(count))]))
    };
    view! {
        <div class="value-facts" id=id>
            {dynamic(move || size().map(|size| view! { <p class="field-hint">{size}</p> }))}
            {dynamic(found)}
        </div>
        <When condition=Signal::derive(move || facts.with(|facts| facts.ends.has_return()))>
            <Button rank=Rank::Quiet on_click=move |_| on_lf.run(())>{words.value_ends_to_lf}</Button>
        </When>
        <p class="visually-hidden" role="status">{dynamic(announced)}</p>
    }
    .into_any()
}

/// Its size, and its form where it keeps one.
fn size(facts: &ValueFacts) -> String {
    let words = words();
    let count = |count: usize, one, other| fill(plural(count, one, other), &[("count", &intl::count(count))]);
    let mut parts = vec![
        count(facts.bytes, words.value_bytes_one, words.value_bytes),
        count(facts.lines, words.value_lines_one, words.value_lines),
    ];
    match facts.form {
        Some(Form::Json) => parts.push(words.json_fine.to_owned()),
        Some(Form::Pem(blocks)) => parts.push(count(blocks, words.pem_fine_one, words.pem_fine)),
        Some(Form::BrokenJson { .. } | Form::BrokenPem(..)) | None => {}
    }
    parts.join(" · ")
}

/// What a person should look at, a sentence each.
fn findings(facts: &ValueFacts) -> Vec<String> {
    let words = words();
    let mut lines: Vec<String> = facts.told_form().and_then(broken).into_iter().collect();
    if facts.ends.has_return() {
        lines.push(fill(words.value_ends_kept, &[("ends", &ends(&facts.ends))]));
    }
    if facts.has_lost_ends {
        lines.push(words.value_ends_lost.to_owned());
    }
    lines.extend(facts.told_oddities().map(|oddity| {
        let gaps = [
            ("what", oddity_name(oddity.kind)),
            ("count", &intl::count(oddity.count)),
            ("line", &intl::count(oddity.line)),
            ("column", &intl::count(oddity.column)),
        ];
        fill(words.odd_in_lines, &gaps)
    }));
    lines
}

fn ends(ends: &LineEnds) -> String {
    let kinds = [(End::CrLf, "CRLF"), (End::Cr, "CR"), (End::Lf, "LF")];
    let count = |(end, name)| match ends.count_of(end) {
        0 => None,
        count => Some(format!("{}\u{a0}× {name}", intl::count(count))),
    };
    kinds.into_iter().filter_map(count).collect::<Vec<_>>().join(", ")
}

fn broken(form: Form) -> Option<String> {
    let words = words();
    let (sentence, line, column) = match form {
        Form::Json | Form::Pem(_) => return None,
        Form::BrokenJson {
            is_cut_off: true,
            line,
            column,
        } => (words.json_cut_off, line, column),
        Form::BrokenJson { line, column, .. } => (words.json_broken, line, column),
        Form::BrokenPem(problem, line) => (pem_problem(problem), line, 1),
    };
    let gaps = [("line", intl::count(line)), ("column", intl::count(column))];
    Some(fill(
        sentence,
        &gaps.each_ref().map(|(name, text)| (*name, text.as_str())),
    ))
}

fn pem_problem(problem: PemProblem) -> &'static str {
    let words = words();
    match problem {
        PemProblem::Boundary => words.pem_boundary,
        PemProblem::NoEnd => words.pem_no_end,
        PemProblem::OutOfPlace => words.pem_out_of_place,
        PemProblem::LabelsDiffer => words.pem_labels_differ,
        PemProblem::Empty => words.pem_empty,
        PemProblem::Base64 => words.pem_base64,
        PemProblem::WrittenBreaks => words.pem_written_breaks,
    }
}

/// That a value has more bytes than are accepted.
pub fn too_long(bytes: usize) -> String {
    let (bytes, most) = (intl::count(bytes), intl::count(SecretText::LONGEST));
    fill(words().value_too_long, &[("bytes", &bytes), ("most", &most)])
}

/// Why a file was not taken.
pub fn not_taken(name: &str, reason: NotTaken) -> String {
    let words = words();
    let (sentence, number) = match reason {
        NotTaken::TooLarge(bytes) => (words.value_file_too_large, bytes),
        NotTaken::Binary => (words.value_file_binary, 0),
        NotTaken::NotUtf8(place) => (words.value_file_not_utf8, place),
        NotTaken::Unreadable => (words.value_file_unreadable, 0),
    };
    let (number, most) = (intl::count(number), intl::count(SecretText::LONGEST));
    fill(sentence, &[("name", name), ("number", &number), ("most", &most)])
}
