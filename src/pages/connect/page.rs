//! `/connect`.

use contract::{BaseUrl, Failure, SecretText};
use leptos::html::Input;
use leptos::prelude::*;
use site::{Auth, Config};
use strongroom_core::i18n::failure::{Explanation, explain};
use strongroom_core::i18n::label::base_url_error;
use strongroom_core::i18n::{fill, words};
use strongroom_core::route::Route;

use crate::browser::tasks::memo;
use crate::api::session::{Connection, use_session};
use crate::browser::history::use_navigation;
use crate::browser::page;
use crate::browser::tasks::ViewTasks;
use crate::components::error_note::FailureNote;
use crate::store::notices::use_notices;
use crate::pages::connect::state::{self, AddressProblem, Choice, KeyProblem};
use crate::ui::button::SubmitButton;
use crate::ui::choice::{Checkbox, Select, SelectOption};
use crate::ui::erased::{When, dynamic, handle_submit};
use crate::ui::field::{SecretField, TextField};
use crate::ui::heading::Heading;

/// Asks for the API address and a key, validates both, and continues to the requested page.
#[component]
pub fn ConnectPage(
    config: Config,
    /// The page to continue to.
    next: Option<Box<Route>>,
) -> impl IntoView {
    let origin = page::origin();
    let choices = state::choices(&config, &origin);
    let chosen = RwSignal::new(0_usize);
    let first = choices
        .first()
        .map(|choice| choice.base_url.clone())
        .unwrap_or_default();
    let base_url = RwSignal::new(first);
    let address_error = RwSignal::new(None::<String>);
    let key_error = RwSignal::new(None::<String>);
    let failure = RwSignal::new(None::<Failure>);
    let is_busy = RwSignal::new(false);
    let connecting = ViewTasks::until_unmount();
    let key_input = NodeRef::<Input>::new();
    let keep = RwSignal::new(false);
    // A key that is typed is for the server whose address is in the form at that time.
    let set_address = move |address: String| {
        let is_other = base_url.with_untracked(|before| state::is_other_server(before, &address));
        base_url.set(address);
        address_error.set(None);
        if is_other && empty_key(key_input) {
            key_error.set(Some(words::connect().key_emptied.to_owned()));
        }
    };
    let session = use_session();
    let navigation = use_navigation();
    let notices = use_notices();

    let servers = StoredValue::new(choices.clone());
    let auth = memo(move |_| {
        // By the address, not by the selected server: the user may have edited the address.
        let listed = servers.with_value(|servers| {
            base_url.with(|address| state::server_at(servers, address).map(|choice| choice.auth))
        });
        listed.unwrap_or_default()
    });
    // Nothing is said about a key that is not asked for.
    let is_bearer = Signal::derive(move || auth.get() == Auth::Bearer);
    let is_readable = move || BaseUrl::parse(&base_url.get()).is_ok_and(|base| base.is_readable_on_the_way());
    let is_led = next.is_some();
    let target = StoredValue::new(next);

    let choose = move |index: usize| {
        chosen.set(index);
        servers.with_value(|servers| {
            if let Some(choice) = servers.get(index) {
                set_address(choice.base_url.clone());
            }
        });
    };
    let on_submit = handle_submit(move || {
        if is_busy.get_untracked() {
            return;
        }
        failure.set(None);
        let base = state::check_address(&base_url.get_untracked(), &config, &origin);
        let key = if is_bearer.get_untracked() {
            typed_key(key_input).map(Some)
        } else {
            Ok(None)
        };
        address_error.set(base.as_ref().err().map(address_problem));
        key_error.set(key.as_ref().err().map(|problem| key_problem(*problem).to_owned()));
        let (Ok(base), Ok(key)) = (base, key) else {
            request_animation_frame(page::focus_first_invalid);
            return;
        };
        let server = servers.with_value(|servers| state::server_at(servers, &base.to_string())?.name.clone());
        let connection = Connection {
            server,
            base,
            auth: auth.get_untracked(),
            profile: None,
            refused: Vec::new(),
            is_kept: keep.get_untracked(),
        };
        is_busy.set(true);
        connecting.spawn(async move {
            match session.connect(connection, key).await {
                Ok(Some(_)) => {
                    let is_kept = session
                        .state()
                        .with_untracked(|state| state.connection().is_some_and(|connection| connection.is_kept));
                    if keep.get_untracked() && !is_kept {
                        notices.failed(words::connect().not_kept);
                    }
                    let next = target.try_get_value().flatten();
                    navigation.replace(&state::landing(next.as_deref(), session.default_workspace()).to_path());
                }
                // The console was locked meanwhile; the input is kept, so the user can submit again.
                Ok(None) => {}
                Err(error) => failure.set(Some(error)),
            }
            is_busy.set(false);
        });
    });

    let first = if base_url.with_untracked(String::is_empty) { "base-url" } else { KEY };
    let view = view! {
        <div class="narrow welcome">
            <span class="mark" aria-hidden="true"></span>
            <Heading text=words::common().connect.to_owned() />
            <When condition=is_bearer>
                <p class="lead">{words::connect().intro}</p>
            </When>
            {is_led.then(|| view! { <p class="note">{words::connect().next}</p> })}
            // Its name is announced with the field that has the focus.
            <form class="form" aria-label=words::common().connect on:submit=on_submit novalidate>
                {server_choice(&choices, chosen, choose)}
                <TextField
                    id="base-url"
                    label=words::connect().base_url
                    value=base_url
                    on_input=set_address
                    error=address_error
                    is_code=true
                />
                <When condition=Signal::derive(is_readable)>
                    <p class="note note-warning">
                        {dynamic(move || if is_bearer.get() { words::connect().readable } else { words::connect().readable_proxy })}
                    </p>
                </When>
                <When
                    condition=is_bearer
                    otherwise=move || view! { <p class="note">{words::connect().proxy}</p> }
                >
                    <KeyField input=key_input error=key_error />
                    <Checkbox
                        id="keep"
                        label=words::connect().keep
                        hint=words::connect().keep_hint
                        is_checked=keep
                        on_change=move |wanted| keep.set(wanted)
                    />
                </When>
                {dynamic(move || failure.get().map(|failure| {
                    // That it did not connect is seen.
                    let explanation = Explanation { title: String::new(), ..explain(&failure) };
                    view! { <FailureNote explanation /> }
                }))}
                <div class="actions">
                    <SubmitButton is_busy=is_busy>
                        {dynamic(move || if is_busy.get() { words::connect().connecting } else { words::common().connect })}
                    </SubmitButton>
                </div>
            </form>
            <When condition=is_bearer>
                <details class="fold">
                    <summary>{words::connect().storage}</summary>
                    <p>{words::connect().storage_text}</p>
                </details>
            </When>
            <p><a href=Route::Policy.to_path()>{words::connect().policy}</a></p>
        </div>
    };
    // After the heading, which takes the focus of a view that is not the first.
    request_animation_frame(move || page::start_at_in_sight(first));
    view.into_any()
}

/// The id of the field for the key.
pub const KEY: &str = "api-key";

/// The key in the field, in a buffer that is wiped.
///
/// # Errors
///
/// If it is no valid key.
pub fn typed_key(input: NodeRef<Input>) -> Result<SecretText, KeyProblem> {
    let typed = input.get_untracked().map(|input| SecretText::new(input.value()));
    state::check_key(&typed.unwrap_or_else(|| SecretText::new("")))
}

/// Empties the field; returns whether a key was in it.
fn empty_key(input: NodeRef<Input>) -> bool {
    let typed = input.get_untracked().filter(|input| !SecretText::new(input.value()).is_empty());
    typed.inspect(|input| input.set_value("")).is_some()
}

/// The field for the key. The key stays in the control and in no signal.
#[component]
pub fn KeyField(
    /// The control, which alone holds the key.
    input: NodeRef<Input>,
    /// The error about the key.
    error: RwSignal<Option<String>>,
) -> impl IntoView {
    view! {
        <div class="with-fold">
            <SecretField id=KEY label=words::connect().key input on_input=move |()| error.set(None) error />
            <details class="fold">
                <summary>{words::connect().key_where}</summary>
                <p>{words::connect().key_where_text}</p>
            </details>
        </div>
    }
}

fn server_choice(
    choices: &[Choice],
    chosen: RwSignal<usize>,
    choose: impl Fn(usize) + Copy + Send + Sync + 'static,
) -> Option<AnyView> {
    if choices.len() < 2 {
        return None;
    }
    let option = |(index, choice): (usize, &Choice)| SelectOption {
        value: index.to_string(),
        text: choice.name.clone().unwrap_or_else(|| choice.base_url.clone()),
        language: None,
    };
    let options: Vec<_> = choices.iter().enumerate().map(option).collect();
    let chosen = Signal::derive(move || chosen.get().to_string());
    let on_choose = move |index: String| choose(index.parse().unwrap_or_default());
    Some(view! { <Select id="server" label=words::connect().server options chosen on_choose /> }.into_any())
}

fn address_problem(problem: &AddressProblem) -> String {
    match problem {
        AddressProblem::Malformed(error) => base_url_error(*error).to_owned(),
        AddressProblem::NotListed(origins) => fill(words::connect().not_listed, &[("origins", &origins.join(", "))]),
    }
}

pub fn key_problem(problem: KeyProblem) -> &'static str {
    match problem {
        KeyProblem::Missing => words::connect().key_required,
        KeyProblem::Odd => words::connect().key_odd,
    }
}
