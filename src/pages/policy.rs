//! `/policy`: what this console may talk to.

use std::sync::Arc;

use contract::{BaseUrl, Failure};
use leptos::prelude::*;
use site::{Auth, Config};
use strongroom_core::i18n::failure::{Explanation, explain};
use strongroom_core::i18n::foreign::shown;
use strongroom_core::i18n::{fill, words};
use strongroom_core::model::policy::{self, Rule, Source, Subject};
use strongroom_core::route::Route;

use crate::browser::tasks::memo;
use crate::api::client::fetch::FetchTransport;
use crate::api::policy::read;
use crate::api::session::use_session;
use crate::browser::page;
use crate::components::loaded::Loaded;
use crate::store::query::query;
use crate::ui::badge::{Badge, Tone};
use crate::ui::button::Button;
use crate::ui::empty::Empty;
use crate::ui::erased::dynamic;
use crate::ui::heading::Heading;
use crate::ui::icon::Glyph;
use crate::ui::table::Table;

/// The policies that apply, each as its rules.
type Policies = Vec<Vec<Rule>>;

/// The policy in force, and the servers.
#[component]
pub fn PolicyPage(
    config: Config,
) -> impl IntoView {
    let session = use_session();
    let origin = page::origin();
    let address = [origin.as_str(), &Route::Policy.to_path()].concat();
    // The header of the document, not what this program believes.
    let served = query(
        || (),
        move |()| {
            let address = address.clone();
            async move { Ok(policy::parse(&read(&FetchTransport, &address).await?.unwrap_or_default())) }
        },
    );
    let servers = StoredValue::new(config.servers.iter().filter_map(|server| {
        let base = server.api_base.resolve(&origin).ok()?;
        Some((server.name.clone(), base))
    }).collect::<Vec<_>>());
    let explain = Arc::new(|failure: &Failure| Explanation {
        title: words::policy().failed.to_owned(),
        ..explain(failure)
    });
    let connected = memo(move |_| {
        session.state().with(|state| state.connection().map(|connection| connection.base.to_string()))
    });
    let key = memo(move |_| {
        let auth = session.state().with(|state| state.connection().map(|connection| connection.auth));
        match auth {
            Some(Auth::Bearer) => words::policy().key_goes,
            Some(Auth::Proxy) => words::policy().key_of_proxy,
            None => words::policy().key_nowhere,
        }
    });
    let content = Arc::new(move |policies: &Policies| {
        let servers = servers.with_value(|servers| server_table(servers, policies, &origin, connected));
        view! {
            {servers}
            {rules(policies)}
        }
        .into_any()
    });
    view! {
        <div class="bar">
            <Heading text=words::policy().title.to_owned() />
            <div class="actions">
                <Button glyph=Glyph::REFRESH on_click=move |_| served.reload()>{words::policy().read_again}</Button>
            </div>
        </div>
        <p class="lead">{words::policy().intro}</p>
        <p>{dynamic(move || key.get())}</p>
        <Loaded remote=served.state() explain on_retry=move |()| served.reload() children=content />
        <p class="muted">{words::policy().more}</p>
    }
    .into_any()
}

fn server_table(
    servers: &[(Option<String>, BaseUrl)],
    policies: &Policies,
    origin: &str,
    connected: Memo<Option<String>>,
) -> AnyView {
    let words = words::policy();
    let row = |(name, base): &(Option<String>, BaseUrl)| {
        let address = base.to_string();
        let is_allowed = policy::allows(policies, base.origin(), origin);
        let name = name.as_deref().map_or_else(|| words.server.to_owned(), |name| shown(name).into_owned());
        let state = if is_allowed {
            view! { <Badge text=words.allowed /> }
        } else {
            view! { <Badge tone=Tone::Warning text=words.blocked /> }
        };
        let readable = base.is_readable_on_the_way().then(|| view! { <Badge tone=Tone::Warning text=words.readable /> });
        let here = address.clone();
        let is_connected = dynamic(move || {
            let is_it = connected.with(|connected| connected.as_ref() == Some(&here));
            is_it.then(|| view! { <Badge tone=Tone::Success text=words::policy().connected /> })
        });
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td data-label=words.address class="cell-text"><code>{address}</code></td>
                <td data-label=words.state>{state}" "{readable}" "{is_connected}</td>
            </tr>
        }
        .into_any()
    };
    let own = view! {
        <tr>
            <th scope="row">{words.this_site}</th>
            <td data-label=words.address class="cell-text"><code>{origin.to_owned()}</code></td>
            <td data-label=words.state><Badge text=words.allowed /></td>
        </tr>
    }
    .into_any();
    let rows: Vec<AnyView> = [own].into_iter().chain(servers.iter().map(row)).collect();
    let column = |name: &'static str| view! { <th scope="col">{name}</th> };
    let columns = view! { {column(words.server)}{column(words.address)}{column(words.state)} };
    view! {
        <section class="policy-part">
            <h2 class="overview-title">{words.servers}</h2>
            <Table label=words.servers columns=columns.into_any() rows=rows.into_any() />
        </section>
    }
    .into_any()
}

fn rules(policies: &Policies) -> AnyView {
    let words = words::policy();
    if policies.is_empty() {
        return view! { <Empty glyph=Glyph::WARNING title=words.none_title text=words.none /> }.into_any();
    }
    let missing = policy::missing(policies);
    let missing = (!missing.is_empty()).then(|| {
        let text = fill(words.missing, &[("names", &missing.join(", "))]);
        view! { <p class="note note-warning">{text}</p> }
    });
    let row = |rule: &Rule| {
        let allowed: Vec<String> = rule.sources().into_iter().map(|source| in_words(rule, &source)).collect();
        let weak = rule.is_weak().then(|| view! { " "<Badge tone=Tone::Warning text=words.weak /> });
        view! {
            <tr>
                <th scope="row">{subject(rule.subject())}</th>
                <td data-label=words.allows class="cell-text">{allowed.join(", ")}{weak}</td>
                <td data-label=words.rule class="cell-text"><code>{shown(&rule.written()).into_owned()}</code></td>
            </tr>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = policies.iter().flatten().map(row).collect();
    let column = |name: &'static str| view! { <th scope="col">{name}</th> };
    let columns = view! { {column(words.about)}{column(words.allows)}{column(words.rule)} };
    view! {
        <section class="policy-part">
            <h2 class="overview-title">{words.rules}</h2>
            {missing}
            <Table label=words.rules columns=columns.into_any() rows=rows.into_any() />
        </section>
    }
    .into_any()
}

fn subject(subject: Subject) -> &'static str {
    let words = words::policy();
    match subject {
        Subject::Rest => words.rest,
        Subject::Scripts => words.scripts,
        Subject::Styles => words.styles,
        Subject::Requests => words.requests,
        Subject::Images => words.images,
        Subject::Base => words.base,
        Subject::Forms => words.forms,
        Subject::Frames => words.frames,
        Subject::Markup => words.markup,
        Subject::Other => words.other,
    }
}

fn in_words(rule: &Rule, source: &Source<'_>) -> String {
    let words = words::policy();
    match source {
        // What it names is a kind of use, or a check.
        Source::Named(_) | Source::Weak(_) if rule.subject() == Subject::Markup => words.checked.to_owned(),
        Source::Nothing => words.nothing.to_owned(),
        Source::Own => words.own.to_owned(),
        Source::WebAssembly => words.web_assembly.to_owned(),
        Source::Hashed => words.hashed.to_owned(),
        Source::Weak(text) | Source::Named(text) => shown(text).into_owned(),
    }
}
