//! Several secrets from a .env file: shown, chosen and amended before anything is sent, then created one by one. The run
//! belongs to the app and goes on when this view is left.

use contract::{MetadataFields, NameError, SecretText, WorkspaceId, name};
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::i18n::label::name_error;
use strongroom_core::model::dotenv::EnvEntry;
use strongroom_core::model::server_names::ServerNames;

use crate::browser::tasks::memo;
use crate::browser::intl;
use crate::components::breadcrumbs::list_address;
use crate::components::create_run::{CreateRun, create_button, created_status, end_button, outcome_note};
use crate::components::messages::saved_as;
use crate::components::value_input::{ValueHandle, ValueLine};
use crate::pages::secrets::create::controller::Pasted;
use crate::store::secret_lists::{SecretLists, use_secret_lists};
use crate::store::writes::{NewSecret, Writes, use_writes};
use crate::ui::button::Button;
use crate::ui::erased::{dynamic, handle_event, moving_flag, moving_note, moving_text, moving_word};

/// The secrets, their choice and what became of each. A handle.
#[derive(Clone, Copy)]
pub struct Import {
    workspace: StoredValue<WorkspaceId>,
    rows: StoredValue<Vec<Row>>,
    run: CreateRun,
    lists: SecretLists,
    writes: Writes,
}

/// A secret. Its value is in the field of its row only.
#[derive(Clone, Copy)]
struct Row {
    name: RwSignal<String>,
    is_chosen: RwSignal<bool>,
    value: ValueHandle,
}

impl Import {
    /// To be called by a view: the values go with it.
    pub fn new(workspace: WorkspaceId, pasted: Vec<EnvEntry>) -> Self {
        let lists = use_secret_lists();
        let writes = use_writes();
        let server = lists.server_names(&workspace, writes.names().get_untracked());
        let names: Vec<String> = pasted.iter().map(|entry| entry.name.clone()).collect();
        let row = |(number, entry): (usize, EnvEntry)| {
            // The last assignment of a name counts, as it does in a shell.
            let is_repeated = names.iter().skip(number + 1).any(|name| server.makes_same(&entry.name, name));
            let exists = lists.taken_name(&workspace, &entry.name, server).is_some();
            Row {
                name: RwSignal::new(entry.name),
                is_chosen: RwSignal::new(!is_repeated && !exists),
                value: ValueHandle::with(Some(&entry.value), false),
            }
        };
        let rows: Vec<Row> = pasted.into_iter().enumerate().map(row).collect();
        let named: Vec<RwSignal<String>> = rows.iter().map(|row| row.name).collect();
        let run = CreateRun::new(rows.len(), move |number, name| {
            // The server may have changed it.
            if let Some(known) = named.get(number) {
                known.set(name);
            }
        });
        Self {
            rows: StoredValue::new(rows),
            run,
            lists,
            writes,
            workspace: StoredValue::new(workspace),
        }
    }

    /// Whether all that was chosen is created. Tracked.
    pub fn is_done(self) -> bool {
        self.chosen().is_empty() && self.run.created_count() > 0
    }

    fn rows(self) -> Vec<Row> {
        self.rows.get_value()
    }

    /// The rows that are going to be created, by their numbers. Tracked.
    fn chosen(self) -> Vec<usize> {
        let rows = self.rows();
        let is_chosen = |number: &usize| {
            rows.get(*number).is_some_and(|row| row.is_chosen.get()) && !self.run.is_created(*number)
        };
        (0..rows.len()).filter(is_chosen).collect()
    }

    /// What is wrong with the name of a chosen row. Tracked.
    fn name_problem(self, number: usize) -> Option<String> {
        let rows = self.rows();
        let row = *rows.get(number)?;
        if !row.is_chosen.get() || self.run.is_created(number) {
            return None;
        }
        let own = row.name.with(|name| name::check(name).err());
        let server = self.server_names();
        let is_same = |other: &Row| {
            let is_taken = |name: &String| other.name.with(|other| server.makes_same(name, other));
            other.is_chosen.get() && row.name.with(is_taken)
        };
        let is_repeated = || rows.iter().take(number).any(is_same);
        own.map(|error: NameError| name_error(error))
            .or_else(|| is_repeated().then(|| words::create().import_repeated.to_owned()))
    }

    /// A hint about the name, which does not keep it from being sent. Tracked.
    fn name_hint(self, number: usize) -> Option<String> {
        let row = *self.rows().get(number)?;
        let name = row.name.get();
        let workspace = self.workspace.get_value();
        let server = self.server_names();
        let taken = self.lists.taken_name(&workspace, &name, server);
        let exists = taken.map(|taken| fill(words::create().exists, &[("name", &taken)]));
        exists.or_else(|| saved_as(server, &name)).filter(|_| !self.run.is_created(number))
    }

    /// What the server makes of names. Tracked.
    fn server_names(self) -> ServerNames {
        self.workspace.with_value(|workspace| self.lists.server_names(workspace, self.writes.names().get()))
    }

    /// Creates what is chosen and not created yet. Returns whether that was possible.
    pub fn start(self) -> bool {
        let (chosen, is_running) = untrack(|| (self.chosen(), self.run.is_running()));
        let is_wrong = |number: &usize| {
            untrack(|| self.name_problem(*number)).is_some()
        };
        if is_running || chosen.is_empty() || chosen.iter().any(is_wrong) {
            return false;
        }
        let secret = |number: &usize| {
            let row = self.rows().get(*number).copied()?;
            Some(NewSecret {
                fields: MetadataFields {
                    name: row.name.get_untracked(),
                    ..MetadataFields::default()
                },
                value: row.value.take().filter(|value: &SecretText| !value.is_empty()),
            })
        };
        let secrets = chosen.iter().filter_map(secret).collect();
        self.run.start(chosen, |writes, lost| Some(writes.create_many(self.workspace.get_value(), secrets, lost)))
    }
}

/// The list, and what can be done with it.
#[component]
pub fn ImportList(
    import: Import,
    /// The numbers of the lines that are not read.
    skipped: Vec<usize>,
    /// Why nothing can be created now.
    refusal: Signal<Option<String>>,
    /// Goes back to the form for one.
    #[prop(into)]
    on_back: Callback<()>,
) -> impl IntoView {
    let workspace = import.workspace.get_value();
    let list = list_address(&workspace);
    let count = import.rows().len();
    let skipped = (!skipped.is_empty()).then(|| {
        let lines: Vec<String> = skipped.iter().map(|line| intl::count(*line)).collect();
        let text = fill(words::create().import_skipped, &[("lines", &lines.join(", "))]);
        view! { <p class="note note-warning">{text}</p> }
    });
    let run = import.run;
    let is_unsent = memo(move |_| run.is_unsent());
    let end = move || {
        let list = list.clone();
        if run.created_count() > 0 {
            view! { <a href=list class="button">{words::workspaces().open_secrets}</a> }.into_any()
        } else {
            view! { <Button on_click=move |_| on_back.run(())>{words::create().import_back}</Button> }.into_any()
        }
    };
    let label = [words::create().import_create_one, words::create().import_create];
    let rows: Vec<AnyView> = (0..count).map(|number| view! { <ImportRow import number /> }.into_any()).collect();
    view! {
        {dynamic(move || is_unsent.get().then(|| view! { <p>{words::create().import_intro}</p> }))}
        {skipped}
        <ul class="import" aria-label=words::create().import_list>{rows}</ul>
        <div class="actions form-footer">
            {create_button(run, Signal::derive(move || import.chosen().len()), label, refusal)}
            {end_button(run, end)}
            {created_status(run)}
        </div>
    }
    .into_any()
}

#[component]
fn ImportRow(import: Import, number: usize) -> impl IntoView {
    let Some(row) = import.rows().get(number).copied() else {
        return ().into_any();
    };
    let problem = memo(move |_| import.name_problem(number));
    let run = import.run;
    let outcome = memo(move |_| run.outcome(number));
    let is_fixed = move || run.is_created(number) || run.is_running();
    let hint = memo(move |_| import.name_hint(number));
    let error_id = format!("import-{number}-error");
    let described = error_id.clone();
    let workspace = import.workspace.get_value();
    let shown = move || outcome_note(run, number, outcome.get(), &workspace, None);
    let told = move || problem.get().or_else(|| hint.get());
    view! {
        <li class="import-row">
            <input
                type="checkbox"
                aria-label=moving_text(move || fill(words::create().import_include, &[("name", &row.name.get())]))
                disabled=moving_flag(is_fixed)
                prop:checked=moving_flag(move || row.is_chosen.get())
                on:change=handle_event(move |event| row.is_chosen.set(event_target_checked(&event)))
            />
            <div class="import-name">
                <input
                    class="input input-code"
                    type="text"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-label=fill(words::create().import_name, &[("number", &intl::count(number + 1))])
                    readonly=moving_flag(is_fixed)
                    aria-invalid=moving_word(move || problem.with(Option::is_some).then_some("true"))
                    aria-describedby=moving_note(move || Some(described.clone()))
                    prop:value=moving_text(move || row.name.get())
                    on:input=handle_event(move |event| row.name.set(event_target_value(&event)))
                />
                <p
                    id=error_id
                    class=moving_text(move || if problem.with(Option::is_some) { "field-error" } else { "field-hint" }.to_owned())
                >
                    {dynamic(told)}
                </p>
            </div>
            <ValueLine
                id=format!("import-{number}-value")
                label=fill(words::create().import_value, &[("number", &intl::count(number + 1))])
                value=row.value
            />
            <p class="import-outcome">{dynamic(shown)}</p>
        </li>
    }
    .into_any()
}

/// The pasted secrets and the lines that are not read, as the page hands them on.
pub fn show(workspace: WorkspaceId, pasted: Pasted, refusal: Signal<Option<String>>, on_back: Callback<()>) -> (Import, AnyView) {
    let import = Import::new(workspace, pasted.entries);
    let view = view! { <ImportList import skipped=pasted.skipped refusal on_back /> }.into_any();
    (import, view)
}
