//! All texts, in sections, with English, the default language. A section is a struct, and a function that returns it in the
//! current language.
//!
//! A section is the unit of the code split (docs/decisions/0206): its English is named only in its function, so it is
//! loaded with the views that call the function.

use crate::i18n::translation;

/// Declares a section: its struct, and the function that returns it in the current language.
macro_rules! section {
    ($(#[$doc:meta])* $function:ident: $section:ident { $($key:ident: $english:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug)]
        #[cfg_attr(test, derive(serde::Serialize))]
        pub struct $section {
            $(#[doc = concat!("“", $english, "”")] pub $key: &'static str,)*
        }

        $(#[$doc])*
        #[must_use]
        pub fn $function() -> &'static $section {
            static ENGLISH: $section = $section { $($key: $english,)* };
            translation().map_or(&ENGLISH, |words| &words.$function)
        }
    };
}

/// Every section in one language.
#[derive(Debug)]
#[cfg_attr(test, derive(serde::Serialize))]
pub struct Words {
    /// What every view needs.
    pub common: Common,
    /// The account menu, the warning before the lock and the question before leaving.
    pub account: Account,
    /// The help for the keyboard.
    pub keys: Keys,
    /// The command palette.
    pub palette: Palette,
    /// Connecting, and connecting again.
    pub connect: Connect,
    /// The workspaces and one of them.
    pub workspaces: Workspaces,
    /// The names of fields and columns.
    pub fields: Fields,
    /// Failed requests and what a key may not do.
    pub errors: Errors,
    /// The form for names, external IDs and labels.
    pub metadata: Metadata,
    /// One secret, read.
    pub secret: Secret,
    /// A value, hidden or shown, and the clipboard.
    pub value: Value,
    /// The field for a value, its findings and the generator.
    pub value_input: ValueInput,
    /// The list of secrets.
    pub list: List,
    /// Deleting many secrets.
    pub bulk: Bulk,
    /// The View dialog: columns, density, saved views.
    pub view: View,
    /// Creating a secret.
    pub create: Create,
    /// Editing a secret: the form, the review, the conflict, the unknown outcome.
    pub edit: Edit,
    /// Unsaved changes.
    pub drafts: Drafts,
    /// Deleting one secret.
    pub delete: Delete,
}

section! {
    /// What every view needs.
    common: Common {
        product: "Strongroom",
        title_after: "{heading} · Strongroom",
        stopped: "Strongroom has stopped because of a fault of its own. Nothing more is sent. Reload the page to go on.",
        skip: "Skip to content",
        main_navigation: "Main",
        breadcrumbs: "Breadcrumbs",
        notifications: "Notifications",
        dismiss: "Dismiss",
        account_menu: "Account menu",
        disconnect: "Disconnect",
        switch_workspace: "Switch workspace",
        choose_workspace: "Choose a workspace…",
        filter_workspaces: "Type to filter",
        all_workspaces: "All workspaces",
        workspace_details: "About this workspace",
        connection: "Connection",
        connection_offline: "This device is offline",
        connection_refused: "The key is no longer accepted",
        loading: "Loading…",
        retry: "Try again",
        cancel: "Cancel",
        number_from_to: "Enter a whole number from 1 to {most}.",
        close: "Close",
        details: "Details",
        optional: "optional",
        none: "None",
        unknown: "Unknown",
        copy: "Copy {what}",
        copy_details: "Copy details",
        copied: "{what} copied.",
        not_copied: "The browser did not let this page copy. Select the text and copy it by hand.",
        counter: "{count} of {most}",
        show_what: "Show {what}",
        hide_what: "Hide {what}",
        quoted: "“{text}”",
        unknown_address_title: "Page not found",
        unknown_address: "There is nothing at this address. It may have been mistyped, or come from another version of the console.",
        go_home: "Go to the workspaces",
        part_lost_title: "This page could not be loaded",
        part_lost: "A part of the console did not arrive. Check the connection and try again. If that does not help, reload the page: there may be a newer version.",
        connect: "Connect",
        config_unreachable: "The configuration of this site could not be loaded. Check the connection and try again.",
        config_status: "The configuration of this site could not be loaded: the server answered {status}.",
        config_malformed: "The configuration of this site has a mistake, which whoever hosts it can mend: {problem}",
        workspaces: "Workspaces",
        status_enabled: "Enabled",
        status_disabled: "Disabled",
        status_archived: "Archived",
        status_unknown: "Unknown",
        secrets: "Secrets",
        secret: "Secret",
        new_secret: "New secret",
        edit: "Edit",
        delete: "Delete",
        edit_secret: "Edit secret",
        look_again: "Look again",
        open_secret: "Open the secret",
        someone: "someone unknown",
        undo: "Undo",
        suggestions: "Suggestions",
        suggestions_one: "1 suggestion: the down arrow leads to it.",
        suggestions_many: "{count} suggestions: the down arrow leads to them.",
        locked: "Locked",
    }
}

section! {
    /// The account menu, the warning before the lock and the question before leaving.
    account: Account {
        connected_as: "Connected as {name}",
        on_server: "on {server}",
        theme: "Theme",
        theme_system: "System",
        theme_light: "Light",
        theme_dark: "Dark",
        language: "Language",
        single_key_shortcuts: "Single keys are shortcuts",
        single_keys_turn_on: "Turn on single-key shortcuts",
        single_keys_turn_off: "Turn off single-key shortcuts",
        lock_now: "Lock now",
        lock_warning: "Are you still there?",
        lock_warning_intro: "Nobody has done anything for a while. The console is about to lock in every tab; drafts stay.",
        lock_warning_in_one: "It locks in 1 second.",
        lock_warning_in: "It locks in {seconds} seconds.",
        stay_connected: "Stay connected",
        leave_title: "Leave without saving?",
        leave_stay: "Stay here",
        leave_go: "Leave",
        leave_disconnect: "Your changes are not saved. Disconnecting deletes them for good, with every draft in this browser.",
    }
}

section! {
    /// The help for the keyboard.
    keys: Keys {
        title: "Keyboard shortcuts",
        hint: "While you type in a field, keys are text. In the account menu the single keys can be turned off.",
        palette: "Open the command palette",
        search: "Search",
        new: "New secret",
        edit: "Edit",
        select: "Select the row",
        workspaces: "Go to the workspaces",
        secrets: "Go to the secrets of this workspace",
        next_row: "Next row",
        previous_row: "Previous row",
        first_row: "First row",
        last_row: "Last row",
        help: "Show this list",
        close: "Close what is open",
    }
}

section! {
    /// The command palette.
    palette: Palette {
        title: "Command palette",
        hint: "Go to or run",
        results: "Results",
        action: "Action",
        view: "View",
        workspace: "Workspace",
        secret: "Secret",
        found: "{count} found",
        none: "Nothing found",
    }
}

section! {
    /// Connecting, and connecting again.
    connect: Connect {
        intro: "Strongroom talks to the API straight from this browser. Your key is sent to that server and to nobody else.",
        server: "Server",
        base_url: "API base URL",
        base_url_hint: "Starts with https:// and may have a path.",
        key: "API key",
        key_hint: "Kept in this tab's memory; it is gone when you reload or close the tab.",
        key_required: "Enter an API key.",
        key_odd: "An API key has no spaces, line breaks or special characters. Copy it again.",
        keep: "Stay connected in this tab",
        keep_hint: "Puts the key into this tab's session storage, so that reloading keeps you connected. Anyone who can use this tab, and any program that can read this browser's files, may find it there until you disconnect or close the tab.",
        proxy: "A proxy adds the API key for you: you need none here.",
        not_listed: "This copy of Strongroom may talk only to {origins}. Whoever hosts it can add a server to its config.json.",
        readable: "Over plain http anyone on the way can read the key and the values. Use https.",
        connecting: "Connecting…",
        next: "Connect first; you will be led to the page that you asked for.",
        again: "Connect again",
        again_intro: "The server no longer accepts your API key: it may have expired or been disabled. Everything you typed is still here. Enter a key to go on.",
        connected: "Connected as {name}.",
        not_kept: "The browser did not let this page keep the key. You will be asked for it again after a reload.",
        url_empty: "Enter the address of the API.",
        url_scheme: "Start with https:// (or http:// for a server on this machine).",
        url_host: "The address has no host.",
        url_host_character: "The host has a character that is not allowed. Write international names in their xn-- form.",
        url_port: "The port must be a number from 1 to 65535.",
        url_user_info: "Leave out the user name and password: the API takes a key.",
        url_query: "Leave out the question mark and what follows it.",
        url_fragment: "Leave out the # and what follows it.",
        url_path: "The path has a part that is not allowed.",
        locked_intro: "The key, and everything that was on the page, are gone from this tab. Drafts stay, encrypted. Enter an API key to go on where you were.",
        locked_proxy: "Everything that was on the page is gone from this tab. Drafts stay, encrypted. The key is with the proxy, which still answers this browser: unlocking asks for nothing that only you would know.",
        unlock: "Unlock",
    }
}

section! {
    /// The workspaces and one of them.
    workspaces: Workspaces {
        empty_title: "No workspaces yet",
        empty: "This API key is not a member of any workspace. Someone who manages the account can add it to one.",
        repeated: "The server repeated a cursor, so loading stopped here. There may be more workspaces.",
        status: "Status",
        description: "Description",
        open_secrets: "Open its secrets",
        agents: "Agents",
        agent_variations: "Agent variations",
        tools: "Available tools",
        memory: "Memory entries",
    }
}

section! {
    /// The names of fields and columns.
    fields: Fields {
        never: "Never",
        id: "ID",
        account: "Account",
        workspace: "Workspace",
        name: "Name",
        value: "Value",
        external_id: "External ID",
        labels: "Labels",
        bundle: "Bundle",
        created: "Created",
        created_by: "Created by",
        updated: "Updated",
        last_used: "Last used",
        refused_unexplained: "The server refuses this, and does not say why.",
        label_of: "Label “{key}”",
    }
}

section! {
    /// Failed requests and what a key may not do.
    errors: Errors {
        refused_scope: "Your API key lacks the scope {scope}.",
        refused_disabled: "This workspace is disabled: its secrets can be read, not changed.",
        refused_archived: "This workspace is archived.",
        status: "HTTP status",
        code: "Code",
        message: "The server says",
        request_id: "Request ID",
        failed_who_am_i: "Could not connect",
        failed_list_workspaces: "Could not load the workspaces",
        failed_create_workspace: "Could not create the workspace",
        failed_read_workspace: "Could not load the workspace",
        failed_update_workspace: "Could not save the workspace",
        failed_archive_workspace: "Could not archive the workspace",
        failed_list_members: "Could not load the members",
        failed_add_member: "Could not add the member",
        failed_remove_member: "Could not remove the member",
        failed_search_profiles: "Could not search the people of the account",
        failed_list_secrets: "Could not load the secrets",
        failed_create_secret: "Could not create the secret",
        failed_read_secret: "Could not load the secret",
        failed_update_secret: "Could not save the changes",
        failed_delete_secret: "Could not delete the secret",
        reason_invalid: "The server did not accept what was entered.",
        reason_precondition: "The workspace does not allow this now: it may be archived or disabled.",
        reason_bad_key: "The server does not accept this API key. Check that it is complete, belongs to this server and is not disabled.",
        reason_unauthenticated: "The server no longer accepts your API key. Connect again; nothing you typed is lost.",
        reason_denied: "Your API key lacks the scope {scope}. Someone who manages the account can grant it.",
        reason_denied_all: "The server does not allow this with your API key.",
        reason_not_found: "It is not there: it may have been deleted, or the address is wrong.",
        reason_taken: "The name is taken: choose another one.",
        reason_conflict: "Someone else changed it in the meantime. Look at its present state before you try again.",
        reason_rate_limited: "The server asks to slow down.",
        reason_server: "The server has a problem. It is not your doing; try again in a moment.",
        reason_unexpected: "The server answered in a way that this console does not understand. Is this the address of the API?",
        reason_forbidden: "The security policy of this page does not allow it to talk to that address. Whoever hosts the console can add it.",
        reason_timed_out: "The server did not answer within {seconds} seconds.",
        reason_interrupted: "The connection was lost before the answer was complete.",
        reason_unreachable: "The server could not be reached. Check the address and your connection; the server must also allow this page's origin.",
        reason_wait: "It asks to wait {seconds} s.",
        reason_outcome_unknown: "Whether it was carried out is not known: look before you try again.",
    }
}

section! {
    /// The form for names, external IDs and labels.
    metadata: Metadata {
        name_required: "Enter a name.",
        name_control: "Character {place} is a control character, which nobody can see or type.",
        name_too_long: "Use at most {most} characters: more are refused.",
        external_id_hint: "The id of this secret in another system.",
        labels_hint: "Keys and values to group and filter by, such as env and production.",
        add_label: "Add label",
        label_key: "Label key",
        label_value: "Label value",
        remove_label: "Remove label {key}",
        label_duplicate: "This key is used twice.",
        label_prefix: "The prefix before the slash",
        label_key_part: "The key",
        label_value_part: "The value",
        label_empty: "{part} must not be empty.",
        label_too_long: "{part} has more than {most} characters.",
        label_start: "{part} must start with a letter or digit.",
        label_end: "{part} must end with a letter or digit.",
        label_character: "{part} holds {character}, which is not allowed: use letters, digits, “-”, “_” and “.”.",
        label_slashes: "A key has at most one slash.",
        space: "a space",
    }
}

section! {
    /// One secret, read.
    secret: Secret {
        bundle_meaning: "A configuration bundle manages this secret. The next time it is applied, it may overwrite or delete what you change here.",
        profile_user: "person",
        profile_api_key: "API key",
        profile_system: "system",
        not_found_title: "This secret is gone",
        not_found: "It is not in this workspace: it was deleted, or the address is wrong.",
        back_to_list: "Show the list",
        gone_meanwhile: "It was deleted while you were editing. What you typed is still here.",
        api_call: "API call",
        copy_curl: "Copy as curl",
        copy_python: "Copy as Python",
        copy_typescript: "Copy as TypeScript",
        copy_go: "Copy as Go",
        call_curl: "Call for curl",
        call_python: "Call for Python",
        call_typescript: "Call for TypeScript",
        call_go: "Call for Go",
    }
}

section! {
    /// A value, hidden or shown, and the clipboard.
    value: Value {
        write_only: "Values are write-only on this server: once saved, nobody can read one again, but you can replace it.",
        hidden: "Hidden",
        reveal: "Reveal value",
        hide: "Hide value",
        copy: "Copy value",
        revealed: "The value is shown. It hides again in {seconds} seconds.",
        hidden_again: "The value is hidden again.",
        gone: "The server holds no value for this secret.",
        replace: "Replace value",
        copied: "Value copied. In {seconds} seconds this page empties the clipboard, if the browser lets it.",
        clipboard_cleared: "The clipboard was emptied.",
        clipboard_unfocused: "The clipboard was not emptied, because this page was not in front. It tries again when you come back.",
        clipboard_refused: "The clipboard was not emptied: the browser did not let this page. It tries again at your next click.",
    }
}

section! {
    /// The field for a value, its findings and the generator.
    value_input: ValueInput {
        hint: "Sent exactly as you type it, line breaks included.",
        bytes_one: "{count} byte",
        bytes: "{count} bytes",
        lines_one: "{count} line",
        lines: "{count} lines",
        too_long: "The value has {bytes} bytes. {most} (64 KiB) at most are accepted.",
        ends_kept: "Line ends are sent as they were given: {ends}.",
        ends_lost: "Line ends are sent as LF. To keep CR or CRLF, choose a file.",
        ends_to_lf: "Make all line ends LF",
        file: "Choose file",
        file_hint: "Or drop a text file on the field. It is taken byte for byte.",
        files: "Drop one file at a time.",
        file_taken: "The value is what is in “{name}”.",
        file_too_large: "“{name}” was not taken: it has {number} bytes, and {most} (64 KiB) at most are accepted.",
        file_binary: "“{name}” was not taken: it has a zero byte, so it is not text. Encode it, with base64 for example.",
        file_not_utf8: "“{name}” was not taken: byte {number} is not UTF-8, and only that can be sent.",
        file_unreadable: "“{name}” was not taken: the browser could not read it.",
        is_hidden: "Hidden. What you paste takes its place. To type, show it.",
        pasted_hidden: "What you gave is the value now, in the place of what was there.",
        findings_one: "{count} thing to look at in the value.",
        findings: "{count} things to look at in the value.",
        odd_in_lines: "{what}: {count}, the first in line {line}, character {column}.",
        odd_in_line: "{what}: {count}, the first is character {column}.",
        odd_leading_space: "Spaces at the beginning",
        odd_trailing_space: "Spaces at the end",
        odd_trailing_break: "Line breaks at the end",
        odd_other_space: "Spaces that are not those of the space bar",
        odd_invisible: "Characters that nobody can see",
        odd_byte_order_mark: "Byte order marks",
        odd_control: "Control characters",
        json_fine: "well-formed JSON",
        json_broken: "This begins like JSON and breaks in line {line}, character {column}.",
        pem_fine_one: "{count} well-formed PEM block",
        pem_fine: "{count} well-formed PEM blocks",
        pem_broken: "Invalid PEM: line {line}",
        pem_written_breaks: "The PEM block in line {line} has a backslash and an n where its lines should end.",
        generate_title: "Generate a value",
        generate_length: "Length",
        generate_alphabet: "Alphabet",
        alphabet_letters_and_digits: "Letters and digits",
        alphabet_symbols: "Letters, digits and symbols",
        generate_bits: "{bits} bits of chance. From 128 on nobody can guess it.",
        generate: "Generate",
        generate_hint: "It takes the place of what is in the field; undo there brings that back.",
        generated: "A value with {bits} bits of chance is in the field.",
        not_generated: "The browser gives no random numbers, so no value was made.",
    }
}

section! {
    /// The list of secrets.
    list: List {
        refreshing: "Refreshing…",
        search: "Search secrets",
        search_hint: "Names, label:env=prod, is:managed",
        refresh: "Refresh",
        stop_loading: "Stop loading",
        resume_loading: "Resume loading",
        ask_last_used: "Show last use",
        not_asked: "Not shown",
        status: "List status",
        loading_first: "Loading the first secrets…",
        loading: "{count} loaded, still loading…",
        matching_one: "1 shown.",
        matching: "{shown} shown.",
        stopped_first: "Stopped before any secrets were loaded.",
        stopped: "{count} loaded; you stopped loading, and there may be more.",
        stopped_refresh: "{count} loaded; refreshing was stopped, so some may be out of date.",
        waiting_limit: "{count} loaded; the server's rate limit is reached. Loading goes on by itself.",
        waiting_busy: "{count} loaded; the server is busy. Loading goes on by itself.",
        waiting_again: "{count} loaded; the last page did not come, and is asked for again.",
        waits: "In {seconds} s.",
        complete_one: "Complete: 1 secret.",
        complete: "Complete: {count} secrets.",
        read_at: "Read {when}.",
        failed_first: "Nothing is loaded: the first page failed.",
        failed: "{count} loaded; the next page failed.",
        repeated: "{count} loaded; stopped, because the server repeated a cursor. There may be more.",
        sorted_part: "Sorted among those loaded.",
        finding: "The server is searched, too…",
        found: "The server was searched, too: what it found is here.",
        not_found: "The server could not be searched.",
        empty_title: "No secrets yet",
        empty: "Create the first one: agents in this workspace can then use it by its name.",
        no_match_title: "Nothing matches",
        no_match: "No secret matches “{search}”.",
        none_yet_title: "Nothing matches so far",
        none_yet: "None of the secrets that are loaded matches “{search}”. There may be more.",
        clear_search: "Clear the search",
        filter: "Filter",
        remove_filter: "Remove {filter}",
        unknown_qualifier: "“{qualifier}:” is no qualifier, so it is searched for as text. There are: {known}.",
        unknown_state: "“{qualifier}:{value}” is not known, so it is searched for as text. There are: is:managed, is:unused, has:external-id.",
        unknown_span: "“{value}” is no time, so it is searched for as text. Write {qualifier}:<30d, {qualifier}:>90d or {qualifier}:>2026-01-31.",
        incomplete_qualifier: "Go on after “{qualifier}:”.",
        view: "View",
        select_all: "Select all that are shown",
        select_row: "Select {name}",
        row_actions: "Actions",
        actions_for: "Actions for {name}",
        costs_more: "Asking for this costs more of the server's rate limit.",
        open: "Open",
        copy_name: "Copy name",
        copy_id: "Copy ID",
        selection: "Selection",
        selected_one: "1 selected",
        selected: "{count} selected",
        selected_hidden_one: "1 selected, which is not shown",
        selected_hidden: "{count} selected, {hidden} of them not shown",
        names: "Names",
        ids: "IDs",
        copy_names: "Copy names",
        copy_ids: "Copy IDs",
        delete_selected: "Delete selected",
        clear_selection: "Clear selection",
        find_led: "Only the rows in sight are in the page: search here for all of them. Press Ctrl F again for the browser's own search, or turn this off under View.",
        view_import: "This link shows the view “{name}”.",
        view_import_save: "Save it here",
    }
}

section! {
    /// Deleting many secrets.
    bulk: Bulk {
        title: "Delete secrets",
        question_one: "Delete 1 secret? This cannot be undone, and what uses it will stop working.",
        question: "Delete {count} secrets? This cannot be undone, and what uses them will stop working.",
        hidden_one: "1 is not shown in the list as it is filtered now.",
        hidden: "{count} are not shown in the list as it is filtered now.",
        names: "The first of them",
        more: "and {count} more",
        used_one: "1 was used within the last 30 days.",
        used: "{count} were used within the last 30 days.",
        managed_one: "1 is managed by a bundle, whose next apply may create it again, or fail without it.",
        managed: "{count} are managed by bundles, whose next apply may create them again, or fail without them.",
        unknown_one: "Of 1 it is not known whether it is in use.",
        unknown: "Of {count} it is not known whether they are in use.",
        type_number: "Type the number of secrets to confirm",
        number_differs: "This is not their number yet.",
        running: "{done} of {all} deleted, {failed} failed…",
        done: "All {all} deleted.",
        ended: "{done} of {all} deleted; {failed} failed, {left} not tried.",
        failures: "What failed",
        still_there: "It still exists.",
        not_addressable: "Its ID can't be part of an address.",
        stop: "Stop deleting",
        again: "Go on with the rest",
    }
}

section! {
    /// The View dialog: columns, density, saved views.
    view: View {
        columns: "Columns",
        column_earlier: "Move {column} earlier",
        column_later: "Move {column} later",
        column_hidden: "{column} is not shown: show it first.",
        column_is_first: "{column} is the first column already.",
        column_is_last: "{column} is the last column already.",
        column_stays: "A row is called by its name: it is always shown.",
        columns_reset: "Reset columns",
        density: "Rows",
        density_comfortable: "Comfortable",
        density_compact: "Compact",
        find_caught: "Ctrl F leads to the search box",
        find_hint: "The browser's own search finds only the rows in sight. Pressed again, it opens anyway.",
        saved_views: "Saved views",
        views_none: "Give the present filter, order and columns a name, to come back to them.",
        name: "Name of the view",
        hint: "Kept in this browser. A name that is there already is replaced.",
        save: "Save view",
        saved: "The view “{name}” is saved.",
        name_required: "Enter a name.",
        views_full: "{count} views are kept, and there is no room for more. Forget one first, or take a name that is there.",
        not_kept: "The browser did not keep it.",
        link: "Link to the view",
        copy_link: "Copy a link to {name}",
        forget: "Forget {name}",
    }
}

section! {
    /// Creating a secret.
    create: Create {
        title: "Create secret",
        creating: "Creating…",
        created: "“{name}” was created.",
        created_after_all: "The answer was lost, but “{name}” was created.",
        looking: "The server is being asked for a secret of this name…",
        not_visible: "No secret of this name is visible on the server yet. Checking again in a few seconds…",
        found: "The server has a secret of this name: “{name}”, created {when} by {whom}. Whether it is the one that you sent, nobody can tell: look at it. What you typed stays here.",
        found_external: "The server has a secret with this external ID: “{name}”, created {when} by {whom}.",
        not_found: "The server has no secret of this name, so it can be created again.",
        unreadable: "The server could not be asked either, so nothing is known yet. It is asked before anything is sent again.",
    }
}

section! {
    /// Editing a secret: the form, the review, the conflict, the unknown outcome.
    edit: Edit {
        value_change: "Value change",
        keep: "Keep",
        keep_hint: "The value stays as it is. Nothing of it is sent.",
        replace: "Replace",
        replace_hint: "Write a new value.",
        clear: "Clear",
        clear_hint: "Remove the value. The secret stays.",
        new_value: "New value",
        new_value_required: "Enter the new value, or choose Keep or Clear.",
        review_changes: "Review changes",
        changes: "Changes",
        changes_intro: "This is all that will be sent.",
        nothing_changed: "Nothing has changed, so there is nothing to save.",
        back_to_editing: "Back to editing",
        save_changes: "Save changes",
        saving: "Saving…",
        saved: "“{name}” was saved.",
        change_from_to: "{field}: from {before} to {after}",
        change_value_replaced_one: "Value: replaced, 1 byte",
        change_value_replaced: "Value: replaced, {bytes} bytes",
        change_value_cleared: "Value: cleared",
        absent: "nothing",
        update_mask: "Update mask",
        request: "The exact request",
        request_value_one: "1 byte, not shown",
        request_value: "{bytes} bytes, not shown",
        checking: "Checking…",
        review_hint: "Before anything is sent, the secret is read again: if someone else has changed it, you choose first.",
        nothing_sent: "Nothing was sent: before it is saved, the secret has to be read again.",
        compare_title: "Someone else changed this secret",
        compare_intro: "The server has another version than the one that you opened, and nothing was sent. Choose for each field what is to be saved.",
        compare_intro_lost: "Your save was sent and its answer was lost; the server has another version than either. Choose for each field what is to be saved.",
        compare_value_unknown: "Whether its value was changed, too, nobody can tell: the API says only that something was, and the console keeps no values.",
        compare_base: "When you opened it:",
        compare_theirs: "On the server now: {text}",
        compare_yours: "Yours: {text}",
        compare_same: "Both changed it to {text}.",
        compare_value_theirs: "Keep the value that the server has",
        compare_value_replace: "Replace it with yours",
        compare_value_clear: "Clear it",
        compare_undecided: "Choose first: {fields}.",
        compare_take: "Review with these",
        lost_title: "The answer was lost",
        review_outdated: "Nothing was sent: what would be sent is no longer what you reviewed. Please review it again.",
        lost_looking: "The answer was lost. The secret is being read, to see what became of it…",
        lost_not_visible: "Your changes are not visible on the server yet. Checking again in a few seconds…",
        lost_not_done: "The server has nothing of your changes: the secret is as it was. You can save again; it is read once more before that.",
        lost_value_unknown: "What can be seen is as it should be. The API does not return the value, so nobody can tell whether the new one was written. Writing it once more does no harm.",
        lost_unreadable: "The secret could not be read either, so nothing is known yet. Nothing is sent again by itself.",
        saved_after_all: "The answer was lost, but “{name}” is saved: the server has your changes.",
    }
}

section! {
    /// Unsaved changes.
    drafts: Drafts {
        restored: "Your unsaved changes of {when} are here again.",
        discard: "Discard them",
        discard_question: "Discard your unsaved changes of {when} and what you typed since? They can't be brought back.",
        discard_now: "Discard for good",
        stays: "Keep them",
        unkept: "This browser keeps no drafts here: what you type is gone when the tab is reloaded, closed or locked.",
        unsaved_leave: "Your changes are not saved. If you leave, they stay in this tab, encrypted, until you come back, disconnect or close it.",
        unsaved_unknown: "Your changes are not saved, and it is not known yet whether a draft of them is kept: if you leave, they may be gone.",
        unsaved_lost: "Your changes are not saved, and this browser keeps no drafts here: if you leave, they are gone.",
    }
}

section! {
    /// Deleting one secret.
    delete: Delete {
        title: "Delete secret",
        question: "Delete “{name}”? For 10 seconds you can undo it. Then it is gone for good, and what uses it will stop working.",
        used: "It was last used {when}.",
        managed: "The bundle “{bundle}” manages it: its next apply may create it again, or fail without it.",
        unknown_use: "Whether it is in use is not known.",
        type_name: "Type the name to confirm",
        name_differs: "This is not its name yet.",
        deleting: "Deleting…",
        deleted: "“{name}” was deleted.",
        pending: "Deletion",
        countdown: "“{name}” will be deleted in {seconds} s.",
        undone: "“{name}” stays. Nothing was sent.",
        leaving: "“{name}” is not deleted yet. If you leave, it stays.",
        one_at_a_time: "“{name}” is about to be deleted. Undo that, or wait until it is gone, and then delete another.",
        gone: "“{name}” was gone already.",
        lost_gone: "The answer was lost, but “{name}” is gone.",
        not_visible: "“{name}” still exists. Checking again in a few seconds…",
        still_there: "It was looked for again, and is still there.",
        unseen: "It could not be looked for either, so nobody knows yet whether it is gone. Deleting it again does no harm.",
    }
}
