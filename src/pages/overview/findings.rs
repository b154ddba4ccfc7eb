//! What the rules found: each with its list, and a way to mute it in this browser.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use contract::{SecretId, WorkspaceId};
use leptos::prelude::*;
use strongroom_core::i18n::foreign::shown;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::overview::findings::{Finding, Item, Outcome, Rule, Target};
use strongroom_core::overview::told;
use strongroom_core::route::{ListState, ReferencesState, Route, Show};

use crate::browser::tasks::memo;
use crate::browser::{intl, page};
use crate::pages::overview::analysis::Analysed;
use crate::pages::overview::muting::Muting;
use crate::pages::overview::place::Place;
use crate::ui::badge::Badge;
use crate::ui::button::{Button, Rank};
use crate::ui::erased::{dynamic, handle_click, numbered};

/// What a rule found in a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    workspace: WorkspaceId,
    name: String,
    finding: Finding,
    is_muted: bool,
}

impl Line {
    /// Changes with what the line says.
    fn number(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let finding = &self.finding;
        (self.workspace.as_str(), &self.name, finding.rule.key(), finding.count, self.is_muted).hash(&mut hasher);
        for item in finding.first.iter().flatten() {
            (&item.name, &item.id).hash(&mut hasher);
        }
        if let Target::List(query, shown) = &finding.target {
            (query, shown).hash(&mut hasher);
        }
        hasher.finish()
    }
}

/// The findings on screen, and what the other rules came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Report {
    /// By rule; those on screen only.
    shown: BTreeMap<Rule, Vec<Line>>,
    muted: usize,
    clear: Vec<Rule>,
    unknown: Vec<Rule>,
}

fn report(analysed: &[Analysed], muting: Muting, shows_muted: bool) -> Report {
    let mut report = Report::default();
    for rule in Rule::ALL {
        let outcomes = analysed.iter().filter_map(|one| {
            let outcome = one.analysis.checked.iter().find(|(known, _)| *known == rule);
            outcome.map(|(_, outcome)| (one, outcome))
        });
        let mut lines = Vec::new();
        let (mut is_any, mut is_unknown) = (false, false);
        for (one, outcome) in outcomes {
            match outcome {
                Outcome::Found(finding) => {
                    is_any = true;
                    let is_muted = muting.muted().with(|muted| muted.has(&one.id, rule));
                    report.muted += usize::from(is_muted);
                    if !is_muted || shows_muted {
                        lines.push(Line {
                            workspace: one.id.clone(),
                            name: one.name.clone(),
                            finding: finding.clone(),
                            is_muted,
                        });
                    }
                }
                Outcome::Unknown => is_unknown = true,
                Outcome::Clear => {}
            }
        }
        if !lines.is_empty() {
            report.shown.insert(rule, lines);
        }
        if is_unknown {
            report.unknown.push(rule);
        } else if !is_any {
            report.clear.push(rule);
        }
    }
    report
}

/// The findings of these workspaces.
pub fn findings(analysed: Memo<Vec<Analysed>>, muting: Muting, place: StoredValue<Place>) -> AnyView {
    let shows_muted = RwSignal::new(false);
    let report = memo(move |_| analysed.with(|analysed| report(analysed, muting, shows_muted.get())));
    let rules = move || report.with(|report| report.shown.keys().map(|rule| *rule as u64).collect());
    let cards = numbered(rules, move |number| {
        let rule = Rule::ALL.into_iter().find(|rule| *rule as u64 == number);
        rule.map(|rule| card(rule, report, muting, place)).into_any()
    });
    let is_empty = memo(move |_| report.with(|report| report.shown.is_empty() && report.muted == 0));
    let empty = dynamic(move || is_empty.get().then(|| view! { <p>{words::overview().none_found}</p> }));
    let others = dynamic(move || {
        let (clear, unknown) = report.with(|report| (report.clear.clone(), report.unknown.clone()));
        let listed = |sentence: &'static str, rules: &[Rule]| {
            let titles: Vec<&str> = rules.iter().map(|rule| told::rule(*rule).0).collect();
            let text = fill(sentence, &[("what", &titles.join(" · "))]);
            (!rules.is_empty()).then(|| view! { <p class="muted">{text}</p> })
        };
        view! {
            {listed(words::overview().clear, &clear)}
            {listed(words::overview().unchecked, &unknown)}
        }
    });
    let muted = memo(move |_| report.with(|report| report.muted));
    let toggle = dynamic(move || {
        let muted = muted.get();
        let words = words::overview();
        (muted > 0).then(|| {
            let text = move || {
                if shows_muted.get() {
                    words.hide_muted.to_owned()
                } else {
                    fill(plural(muted, words.show_muted_one, words.show_muted), &[("count", &intl::count(muted))])
                }
            };
            view! {
                <div class="actions">
                    <Button rank=Rank::Quiet on_click=move |_| shows_muted.update(|shows| *shows = !*shows)>{dynamic(text)}</Button>
                </div>
            }
        })
    });
    let lost = dynamic(move || {
        (!muting.is_kept().get()).then(|| view! { <p class="note note-warning" role="status">{words::overview().not_kept}</p> })
    });
    view! {
        <section class="overview-findings" aria-labelledby="findings-title">
            <h2 id="findings-title" class="overview-title">{words::overview().findings}</h2>
            {empty}
            <ul class="finding-cards">{cards}</ul>
            {toggle}
            {lost}
            {others}
        </section>
    }
    .into_any()
}

fn card(rule: Rule, report: Memo<Report>, muting: Muting, place: StoredValue<Place>) -> AnyView {
    let lines = memo(move |_| report.with(|report| report.shown.get(&rule).cloned().unwrap_or_default()));
    let numbers = move || lines.with(|lines| lines.iter().map(Line::number).collect());
    let drawn = numbered(numbers, move |number| {
        let line = lines.with_untracked(|lines| lines.iter().find(|line| line.number() == number).cloned());
        line.map(|line| draw(&line, muting, place)).into_any()
    });
    let count = move || {
        let count = lines.with(|lines| lines.iter().map(|line| line.finding.count).sum());
        told::found(rule, count, intl::count)
    };
    let (title, meaning) = told::rule(rule);
    view! {
        <li class="finding">
            <h3 class="finding-title">{title}</h3>
            <span class="finding-count">{dynamic(count)}</span>
            <p class="finding-rule">{meaning}</p>
            <ul class="finding-lines">{drawn}</ul>
        </li>
    }
    .into_any()
}

fn draw(line: &Line, muting: Muting, place: StoredValue<Place>) -> AnyView {
    let words = words::overview();
    let finding = &line.finding;
    let rule = finding.rule;
    let title = told::rule(rule).0;
    let is_of_all = place.with_value(Place::is_of_all);
    let what = told::found(rule, finding.count, intl::count);
    let named = |sentence: &str, in_workspace: &str| {
        let sentence = if is_of_all { in_workspace } else { sentence };
        fill(sentence, &[("what", &what), ("title", title), ("workspace", &line.name)])
    };
    let heading = is_of_all.then(|| {
        let address = Route::Overview(Some(line.workspace.clone())).to_path();
        let name = shown(&line.name).into_owned();
        view! { <a class="finding-workspace" href=address>{name}</a> <span class="muted">{what.clone()}</span> }
    });
    let named_count: usize = finding.first.iter().map(Vec::len).sum();
    let more = finding.count.saturating_sub(named_count);
    let more = (more > 0).then(|| {
        let text = fill(words.and_more, &[("count", &intl::count(more))]);
        view! { <li class="muted">{text}</li> }
    });
    let groups: Vec<AnyView> = finding.first.iter().map(|items| group(&line.workspace, items)).collect();
    let show = address(line).map(|(address, listed)| {
        let is_part = listed < finding.count;
        let text = if is_part {
            fill(words.show_first, &[("count", &intl::count(listed))])
        } else {
            fill(words.show_list, &[("what", &what)])
        };
        let label = (!is_part).then(|| named(words.show_of, words.show_of_in));
        view! { <a class="button" href=address aria-label=label>{text}</a> }
    });
    let workspace = line.workspace.clone();
    let is_muted = line.is_muted;
    let mute = move |_| {
        muting.set(&workspace, rule, !is_muted);
        // The line goes, or is another one; what follows takes the focus.
        request_animation_frame(|| page::focus_if_lost(".overview-findings button"));
    };
    let (text, label) = if is_muted {
        (words.unmute, named(words.unmute_of, words.unmute_of_in))
    } else {
        (words.mute, named(words.mute_of, words.mute_of_in))
    };
    view! {
        <li class="finding-line">
            <div class="finding-what">
                {heading}
                {is_muted.then(|| view! { <Badge text=words.muted /> })}
                <ul class="finding-names">{groups}{more}</ul>
            </div>
            <div class="actions">
                {show}
                <button type="button" class="button button-quiet" aria-label=label on:click=handle_click(mute)>{text}</button>
            </div>
        </li>
    }
    .into_any()
}

/// Secrets that belong together, as links.
fn group(workspace: &WorkspaceId, items: &[Item]) -> AnyView {
    let mut parts: Vec<AnyView> = Vec::new();
    for item in items.iter().take(4) {
        if !parts.is_empty() {
            parts.push(" / ".into_any());
        }
        let name = told::item(item);
        let id = item.id.as_deref().and_then(|id| SecretId::parse(id).ok());
        parts.push(match id {
            Some(id) => {
                let address = Route::Secret(workspace.clone(), id).to_path();
                view! { <a href=address><bdi>{name}</bdi></a> }.into_any()
            }
            None => view! { <bdi>{name}</bdi> }.into_any(),
        });
    }
    view! { <li>{parts}</li> }.into_any()
}

/// Where all secrets of a line are, and how many are shown there.
fn address(line: &Line) -> Option<(String, usize)> {
    let workspace = line.workspace.clone();
    match &line.finding.target {
        Target::List(query, listed) => {
            let state = ListState {
                search: query.clone(),
                ..ListState::default()
            };
            Some((Route::Secrets(workspace, state).to_path(), *listed))
        }
        Target::MissingReferences => {
            let state = ReferencesState {
                show: Show::Missing,
                ..ReferencesState::default()
            };
            Some((Route::References(workspace, state).to_path(), line.finding.count))
        }
        Target::Nowhere => None,
    }
}
