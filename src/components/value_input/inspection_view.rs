//! What is known about a value, in words.

use contract::SecretText;
use leptos::prelude::*;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::model::value_inspection::{CharacterKind, Fix, Format, LineEnd, LineEnds, ValueInspection, Wrapping};

use crate::browser::tasks::memo;
use crate::browser::intl;
use crate::browser::secret_textarea::{FileError, LARGEST_FILE};
use crate::components::messages::character_finding;
use crate::ui::erased::{dynamic, handle_click};

/// The size of the value, its format, and what the user should look at. A screen reader reads it as the description of the
/// field; only the number of findings is announced.
#[component]
pub fn InspectionView(
    /// The id of the description.
    id: String,
    /// What is known.
    inspection: RwSignal<ValueInspection>,
    /// What was known at the last pause of input.
    settled: RwSignal<ValueInspection>,
    /// Corrects the value.
    #[prop(into)]
    on_fix: Callback<Fix>,
) -> impl IntoView {
    let (inspection, settled) = (memo(move |_| inspection.get()), memo(move |_| settled.get()));
    let size = move || {
        let size = inspection.with(|it| (it.bytes > 0).then(|| size(it)));
        size.map(|size| view! { <p class="field-hint">{size}</p> })
    };
    let list = move || {
        let items: Vec<AnyView> = settled.with(findings).into_iter().map(|it| item(it, on_fix)).collect();
        (!items.is_empty()).then(|| view! { <ul class="findings">{items}</ul> })
    };
    let count = memo(move |_| settled.with(ValueInspection::finding_count));
    let announced = move || {
        let count = count.get();
        (count > 0).then(|| counted(count, words::value_input().findings_one, words::value_input().findings))
    };
    view! {
        <div class="value-facts" id=id>
            {dynamic(size)}
            {dynamic(list)}
        </div>
        <p class="visually-hidden" role="status">{dynamic(announced)}</p>
    }
    .into_any()
}

/// What the user should look at, and what can be done about it.
struct Finding {
    sentence: String,
    fix: Option<Fix>,
}

fn item(finding: Finding, on_fix: Callback<Fix>) -> AnyView {
    let button = finding.fix.map(|fix| {
        let label = match fix {
            Fix::LineEnds => words::value_input().ends_to_lf,
            Fix::TrimStart | Fix::TrimEnd | Fix::Unwrap => words::value_input().remove,
            Fix::AddBreak => words::value_input().add,
        };
        let name = format!("{label}: {}", finding.sentence);
        view! {
            " · "
            <button type="button" class="link" aria-label=name on:click=handle_click(move |_| on_fix.run(fix))>{label}</button>
        }
    });
    view! { <li>{finding.sentence}{button}</li> }.into_any()
}

fn counted(count: usize, one: &str, other: &str) -> String {
    fill(plural(count, one, other), &[("count", &intl::count(count))])
}

fn size(inspection: &ValueInspection) -> String {
    let mut parts = vec![
        counted(inspection.bytes, words::value_input().bytes_one, words::value_input().bytes),
        counted(inspection.lines, words::value_input().lines_one, words::value_input().lines),
    ];
    match inspection.format {
        Some(Format::Json) => parts.push(words::value_input().json_fine.to_owned()),
        Some(Format::Pem { blocks }) => parts.push(counted(blocks, words::value_input().pem_fine_one, words::value_input().pem_fine)),
        Some(Format::BrokenJson { .. } | Format::BrokenPem { .. }) | None => {}
    }
    parts.join(" · ")
}

/// Size, format and what the user should look at, in one line.
pub fn summary(inspection: &ValueInspection) -> String {
    [size(inspection)].into_iter().chain(sentences(inspection)).collect::<Vec<_>>().join(" · ")
}

/// What the user should look at, one sentence each.
pub fn sentences(inspection: &ValueInspection) -> Vec<String> {
    findings(inspection).into_iter().map(|finding| finding.sentence).collect()
}

fn findings(inspection: &ValueInspection) -> Vec<Finding> {
    let finding = |sentence: String, fix| Finding { sentence, fix };
    let mut found = Vec::new();
    found.extend(inspection.broken_format().and_then(broken).map(|sentence| finding(sentence, None)));
    found.extend(inspection.wrapping().map(|wrapping| {
        let (sentence, fix) = match wrapping {
            Wrapping::Quotes => (words::value_input().in_quotes.to_owned(), Some(Fix::Unwrap)),
            Wrapping::Bearer => (words::value_input().with_bearer.to_owned(), Some(Fix::Unwrap)),
            Wrapping::Assignment => (words::value_input().with_name.to_owned(), Some(Fix::Unwrap)),
            Wrapping::Assignments(count) => {
                (fill(words::value_input().with_names, &[("count", &intl::count(count))]), None)
            }
        };
        finding(sentence, fix)
    }));
    if inspection.lacks_final_break() {
        found.push(finding(words::value_input().no_final_break.to_owned(), Some(Fix::AddBreak)));
    }
    if inspection.is_large() {
        found.push(finding(large(inspection.bytes), None));
    }
    if inspection.line_ends.has_return() {
        let sentence = fill(words::value_input().ends_kept, &[("ends", &line_ends(&inspection.line_ends))]);
        found.push(finding(sentence, Some(Fix::LineEnds)));
    }
    if inspection.has_converted_line_ends() {
        found.push(finding(words::value_input().ends_lost.to_owned(), None));
    }
    found.extend(inspection.characters().map(|found| {
        let position = format!("{}:{}", intl::count(found.line), intl::count(found.column));
        let fix = match found.kind {
            CharacterKind::LeadingSpace => Some(Fix::TrimStart),
            CharacterKind::TrailingSpace | CharacterKind::TrailingBreak => Some(Fix::TrimEnd),
            _ => None,
        };
        finding(character_finding(found, &position), fix)
    }));
    found
}

fn line_ends(ends: &LineEnds) -> String {
    [(LineEnd::CrLf, "CRLF"), (LineEnd::Cr, "CR"), (LineEnd::Lf, "LF")]
        .into_iter()
        .map(|(end, name)| (ends.count(end), name))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{}\u{a0}× {name}", intl::count(count)))
        .collect::<Vec<_>>()
        .join(", ")
}

fn broken(format: Format) -> Option<String> {
    let (sentence, line, column) = match format {
        Format::Json | Format::Pem { .. } => return None,
        Format::BrokenJson { line, column } => (words::value_input().json_broken, line, column),
        Format::BrokenPem {
            line,
            has_escaped_breaks: true,
        } => (words::value_input().pem_written_breaks, line, 1),
        Format::BrokenPem { line, .. } => (words::value_input().pem_broken, line, 1),
    };
    let (line, column) = (intl::count(line), intl::count(column));
    Some(fill(sentence, &[("line", &line), ("column", &column)]))
}

/// A value with more bytes than some servers accept.
fn large(bytes: usize) -> String {
    let (bytes, most) = (intl::count(bytes), intl::count(SecretText::LONGEST));
    fill(words::value_input().large, &[("bytes", &bytes), ("most", &most)])
}

/// Why a file was refused.
pub fn file_error(name: &str, error: FileError) -> String {
    let (sentence, number) = match error {
        FileError::TooLarge(bytes) => (words::value_input().file_too_large, bytes),
        FileError::Binary => (words::value_input().file_binary, 0),
        FileError::NotUtf8(position) => (words::value_input().file_not_utf8, position),
        FileError::Unreadable => (words::value_input().file_unreadable, 0),
    };
    let (number, most) = (intl::count(number), intl::count(LARGEST_FILE));
    fill(sentence, &[("name", name), ("number", &number), ("most", &most)])
}
