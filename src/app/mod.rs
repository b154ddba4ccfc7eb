//! The root: services, the session gate, the frame around every page, and routing.

mod code_split;
#[cfg(feature = "gallery")]
mod gallery;
mod header;
mod locked;
mod overlays;
mod part;
mod part_failed;
mod screens;
pub mod services;
mod shell;

use leptos::prelude::*;
use site::{Config, Limits};
use strongroom_core::i18n::language::Language;
use strongroom_core::i18n::{fill, words};
use strongroom_core::route::Route;

use crate::api::config::{self, Problem};
use crate::api::lifecycle::End;
use crate::api::session::State;
use crate::app::services::{Platform, Services};
use crate::browser::history::Navigation;
use crate::browser::preferences::{self, Preference};
use crate::browser::theme::{self, Theme};
use crate::browser::{csp_violations, page, tasks};
use crate::components::actions::Actions;
use crate::components::error_note::FailureNote;
use crate::components::replace_request::ReplaceRequest;
use crate::store::loaded_secrets::ShownSecret;
use crate::store::value_access::ValueAccess;
use crate::ui::erased::dynamic;
use crate::ui::skeleton::Skeleton;

/// Starts the console in the page.
pub fn start() {
    page::mind_faults(words::common().stopped);
    // The document has done so, unless it came with the policy of another version (docs/decisions/0408).
    theme::show(theme::chosen());
    tasks::spawn_for_page(async {
        // The first text on screen is already in the user's language.
        let chosen = preferences::read(Preference::Language).and_then(|tag| Language::from_tag(&tag));
        let language = chosen.unwrap_or_else(|| Language::preferred(&preferences::browser_languages()));
        code_split::set_language(language).await;
        tasks::next_turn().await;
        page::mount(App, words::common().stopped);
    });
}

/// The console. Reads its configuration and restores the session that this tab stored.
#[component]
pub fn App() -> impl IntoView {
    csp_violations::watch();
    let services = Services::provide(Platform::of_browser());
    let session = services.session;
    page::ask_before_leaving(move || services.writes.is_any_pending());
    page::on_leave(move |is_kept| services.leave(is_kept && !page::is_reloading()), move || services.come_back());
    session.hooks().on_end(|end| {
        page::empty_fields_soon();
        if end == End::Disconnected {
            theme::show(Theme::System);
        }
    });
    let Some(navigation) = Navigation::start() else {
        page::stop(words::common().stopped);
        return ().into_any();
    };
    provide_context(navigation);
    provide_context(Actions::default());
    provide_context(ShownSecret::default());
    provide_context(ReplaceRequest::default());
    provide_context(ValueAccess::new(session));
    #[cfg(feature = "gallery")]
    if navigation.address().with_untracked(|(path, _)| path == gallery::PATH) {
        return view! { <gallery::Gallery /> }.into_any();
    }
    tasks::spawn_for_page(session.identify());
    // Start loading the part for the address before the configuration is here, which is only needed to connect.
    let parts = code_split::Parts::new(services.platform.transport);
    if session.state().with_untracked(State::is_open) {
        let route = navigation
            .address()
            .with_untracked(|(path, query)| Route::parse(path, query));
        if let Some(part) = screens::part_of(&route) {
            parts.load(part);
        }
        if let Route::Secrets(workspace, _) = &route {
            session.ask_early(workspace);
        }
    }
    let config = RwSignal::new(None::<Result<Config, Problem>>);
    let load = move || {
        config.set(None);
        tasks::spawn_for_page(async move {
            let loaded = config::load(services.platform.transport, &page::origin()).await;
            tasks::next_turn().await;
            let _ = config.try_set(Some(loaded));
        });
    };
    load();
    dynamic(move || match config.get() {
        Some(Ok(config)) => view! { <shell::Frame services config parts /> }.into_any(),
        Some(Err(problem)) => {
            // A restored session is still locked when idle, although the console can't start.
            services.watch_idle(Limits::default(), page::is_seen);
            unconfigured(&problem, load)
        }
        None => view! { <div class="page"><Skeleton lines=4 /></div> }.into_any(),
    })
}

fn unconfigured(problem: &Problem, load: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let reason = match problem {
        Problem::Unreachable => words::common().config_unreachable.to_owned(),
        Problem::Status(status) => fill(words::common().config_status, &[("status", &status.to_string())]),
        Problem::NotTheFile => words::common().config_replaced.to_owned(),
        Problem::Malformed(problem) => fill(words::common().config_malformed, &[("problem", problem)]),
    };
    let explanation = strongroom_core::i18n::failure::Explanation {
        title: words::common().product.to_owned(),
        reason,
        details: Vec::new(),
        can_retry: true,
        // A sign-in proxy asks for its sign-in only when the page is loaded.
        can_reload: !matches!(problem, Problem::Malformed(_)),
    };
    view! {
        <main class="page" id="content">
            <FailureNote explanation on_retry=move |()| load() />
        </main>
    }
    .into_any()
}
