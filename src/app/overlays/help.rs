//! The list of the keys.

use leptos::prelude::*;
use strongroom_core::i18n::{Words, words};
use strongroom_core::model::shortcuts::{Command, TABLE};

use crate::ui::button::Button;
use crate::ui::dialog::Dialog;

/// Lists every key that does something, from the same table that they are read by.
#[component]
pub fn Help(
    /// The person has read it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let words = words();
    let mut commands: Vec<Command> = TABLE.iter().map(|(command, _)| *command).collect();
    commands.dedup();
    let rows = commands.into_iter().map(|command| {
        let ways = TABLE.iter().filter(|(other, _)| *other == command).map(|(_, keys)| {
            let keys = keys.iter().map(|key| view! { <kbd>{shown(key)}</kbd> }).collect_view();
            view! { <dd>{keys}</dd> }
        });
        view! {
            <div>
                <dt>{meaning(words, command)}</dt>
                {ways.collect_view()}
            </div>
        }
    });
    view! {
        <Dialog label=words.keys_title id="keys" on_cancel=on_close>
            <dl class="keys">
                {rows.collect_view()}
                <div>
                    <dt>{words.key_close}</dt>
                    <dd><kbd>"Esc"</kbd></dd>
                </div>
            </dl>
            <p class="field-hint">{words.keys_hint}</p>
            <div class="actions">
                <Button on_click=move |_| on_close.run(())>{words.close}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}

fn meaning(words: &Words, command: Command) -> &'static str {
    match command {
        Command::OpenPalette => words.key_palette,
        Command::Search => words.key_search,
        Command::New => words.key_new,
        Command::Edit => words.key_edit,
        Command::Select => words.key_select,
        Command::GoToWorkspaces => words.key_workspaces,
        Command::GoToSecrets => words.key_secrets,
        Command::NextRow => words.key_next_row,
        Command::PreviousRow => words.key_previous_row,
        Command::FirstRow => words.key_first_row,
        Command::LastRow => words.key_last_row,
        Command::ShowHelp => words.key_help,
    }
}

fn shown(key: &'static str) -> &'static str {
    match key {
        "ArrowDown" => "↓",
        "ArrowUp" => "↑",
        key => key,
    }
}
