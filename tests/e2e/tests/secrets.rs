//! The life of a secret: listed, created, read, changed and deleted.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Vocabulary, wait_until};
    use serde_json::json;

    #[test]
    fn a_long_list_is_read_to_its_end() {
        Journey::named("list").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Many", 120);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.wait_view("Secrets");
            let table = page.table("Secrets");
            for head in ["Name", "Labels", "External ID", "Bundle", "Created", "Last used"] {
                table.column(head).wait();
            }
            page.status("List status").wait_text("120 secrets");
            table.wait_rows(120);
            let drawn = table.any(&["row"]).count();
            assert!(drawn > 10 && drawn < 60, "only rows in sight are in the page: {drawn}");
            for number in [0, 49, 50, 119] {
                let name = format!("SECRET_{number:03}");
                page.run(&format!(
                    "const table = document.querySelector('table').parentElement;
                     table.scrollIntoView();
                     window.scrollTo(0, (document.body.scrollHeight - innerHeight) * {number} / 119);"
                ));
                table.row(&name).wait();
                let row = table.row(&name).attribute("aria-rowindex");
                assert_eq!(row, Some((number + 1).to_string()), "the order is the server's");
            }
        });
    }

    #[test]
    fn the_address_holds_the_search_and_the_order() {
        Journey::named("search").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Searched", 30);
            let list = format!("/workspaces/{workspace}/secrets");
            world.open(&list);
            let table = page.table("Secrets");
            table.wait_rows(30);
            page.searchbox("Search secrets").fill("secret_02");
            table.wait_rows(10);
            wait_until("the address holds the search", || {
                page.address() == format!("{list}?q=secret_02")
            });
            page.searchbox("Search secrets").fill("no such secret");
            page.main_landmark().wait_text("No results");
            page.searchbox("Search secrets").fill("");
            table.wait_rows(30);
            world.api.secret(&workspace, &json!({"name": "ADDED_MEANWHILE"}), "v");
            page.button("Refresh").click();
            table.wait_rows(31);
            table.row("ADDED_MEANWHILE").wait();
        });
    }

    #[test]
    fn create_sends_what_was_typed_and_keeps_nothing() {
        Journey::named("create").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Created in");
            let value = "correct horse \"battery\" staple ✓";
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.main_landmark().wait_text("No secrets yet");
            page.button("New secret").click();
            page.wait_view("New secret");
            let form = page.dialog("New secret");
            form.button("Create secret").click();
            page.main_landmark().wait_text("Enter a name.");
            page.textbox("Name").fill("DATABASE_URL");
            page.textbox("Value").fill(value);
            page.textbox("External ID").fill("vault-7");
            page.group("Labels").button("Add label").click();
            page.group("Labels").textbox("Label key").fill("env");
            page.group("Labels").textbox("Label value").fill("prod");
            page.button("Create secret").click();
            page.wait_view("DATABASE_URL");
            page.status("Notifications").wait_text("DATABASE_URL");
            page.assert_nowhere(value, &[]);

            let made = &world.api.secrets(&workspace)[0];
            assert_eq!(made["metadata"]["name"], "DATABASE_URL");
            assert_eq!(made["metadata"]["externalId"], "vault-7");
            assert_eq!(made["metadata"]["labels"], json!({"env": "prod"}));
            let id = made["metadata"]["id"].as_str().unwrap();
            assert_eq!(world.api.value(&workspace, id).as_deref(), Some(value));
            assert_eq!(page.address(), format!("/workspaces/{workspace}/secrets/{id}"));
        });
    }

    #[test]
    fn a_name_that_is_taken_is_said_at_its_field_and_nothing_is_lost() {
        Journey::named("taken").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Taken");
            world.api.secret(&workspace, &json!({"name": "A"}), "v");
            world.expect_status(409);
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            page.textbox("Name").fill("A");
            page.textbox("Value").fill("typed-value");
            page.button("Create secret").click();
            page.main_landmark().wait_text("taken");
            assert_eq!(page.textbox("Value").value(), "typed-value");
            page.textbox("Name").fill("B");
            page.button("Create secret").click();
            page.wait_view("B");
        });
    }

    #[test]
    fn one_secret_says_everything_but_its_value() {
        Journey::named("read").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Read");
            let metadata = json!({"name": "READ_ME", "externalId": "vault-9", "labels": {"env": "prod", "empty": ""}});
            let id = world.api.secret(&workspace, &metadata, "hunter2-read");
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            page.wait_view("READ_ME");
            let main = page.main_landmark();
            for part in [id.as_str(), "vault-9", "env", "prod", "empty", "doesn't return values"] {
                main.wait_text(part);
            }
            assert!(page.button("Edit").exists() && page.button("Delete").exists());
            assert!(
                !page.button("Copy value").exists(),
                "there is no value to copy on a write-only server"
            );
            page.assert_nowhere("hunter2-read", &[]);
        });
    }

    #[test]
    fn who_created_it_is_told_with_kind_and_email() {
        Journey::named("creator").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace_named("Production");
            let secrets = world.api.secrets_with_info(&workspace);
            let has_email = |it: &&serde_json::Value| it["info"]["createdBy"]["spec"]["email"].is_string();
            let secret = secrets.iter().find(has_email).expect("someone with an email address");
            let creator = &secret["info"]["createdBy"];
            let id = secret["metadata"]["id"].as_str().expect("an id");
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            let main = page.main_landmark();
            main.wait_text(&format!(
                "(person, {})",
                creator["spec"]["email"].as_str().expect("a text")
            ));
        });
    }

    #[test]
    fn a_value_is_on_the_page_only_while_it_is_revealed() {
        Journey::named("reveal").returning_values().take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Revealed");
            let id = world.api.secret(&workspace, &json!({"name": "A"}), "hunter2-revealed");
            world
                .api
                .secret(&workspace, &json!({"name": "B"}), "hunter2-of-another");
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.table("Secrets").row("A").wait();
            page.assert_nowhere("hunter2-revealed", &[]);
            page.table("Secrets").link("A").click();
            page.wait_view("A");
            page.assert_nowhere("hunter2-revealed", &[]);
            page.button("Reveal value").click();
            page.main_landmark().wait_text("hunter2-revealed");
            let shown = ["the page", "text of the page", "the accessibility tree"];
            page.assert_nowhere("hunter2-revealed", &shown);
            page.button("Hide value").click();
            page.button("Reveal value").wait();
            page.assert_nowhere("hunter2-revealed", &[]);
            page.button("Reveal value").click();
            page.main_landmark().wait_text("hunter2-revealed");
            page.back();
            page.wait_view("Secrets");
            page.assert_nowhere("hunter2-revealed", &[]);
            assert_eq!(world.api.value(&workspace, &id).as_deref(), Some("hunter2-revealed"));
        });
    }

    #[test]
    fn a_revealed_value_hides_when_one_looks_away() {
        let away = "Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
            document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
            delete document.hidden;";
        Journey::named("looking-away").returning_values().take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Looked away");
            let id = world.api.secret(&workspace, &json!({"name": "A"}), "hunter2-away");
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            for leave in ["dispatchEvent(new Event('blur'))", away] {
                page.button("Reveal value").click();
                page.main_landmark().wait_text("hunter2-away");
                page.main_landmark().wait_text("Hides in");
                page.run(leave);
                page.button("Reveal value").wait();
                page.assert_nowhere("hunter2-away", &[]);
            }
        });
    }

    #[test]
    fn an_edit_sends_exactly_what_was_reviewed() {
        Journey::named("edit").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Edited");
            let metadata = json!({"name": "OLD", "externalId": "kept", "labels": {"env": "test"}});
            let id = world.api.secret(&workspace, &metadata, "old-value-canary");
            let address = format!("/workspaces/{workspace}/secrets/{id}");
            world.open(&address);
            page.button("Edit").click();
            page.wait_address(&format!("{address}/edit"));
            assert!(page.group("Value change").radio("Keep").wait().is_chosen());
            assert!(!page.textbox("New value").exists());
            page.textbox("Name").fill("NEW");
            page.group("Labels").textbox("Label value").fill("prod");
            page.radio("Replace").click();
            page.textbox("New value").fill("new-value-canary");
            page.button("Review changes").click();
            let changes = page.list("Changes");
            for part in ["OLD", "NEW", "− env=test", "+ env=prod", "Replaced · 16 characters"] {
                changes.wait_text(part);
            }
            assert!(
                !changes.text().contains("External ID"),
                "what does not change is not listed"
            );
            page.assert_nowhere("new-value-canary", &["what fields hold", "the accessibility tree"]);
            page.button("Save changes").click();
            page.wait_view("NEW");
            page.wait_address(&address);
            page.assert_nowhere("new-value-canary", &[]);
            let now = world.api.read(&workspace, &id);
            assert_eq!(now["metadata"]["name"], "NEW");
            assert_eq!(now["metadata"]["labels"], json!({"env": "prod"}));
            assert_eq!(now["metadata"]["externalId"], "kept");
            assert_eq!(world.api.value(&workspace, &id).as_deref(), Some("new-value-canary"));
        });
    }

    #[test]
    fn keeping_keeps_and_clearing_clears() {
        Journey::named("keep-and-clear").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Kept");
            let id = world.api.secret(&workspace, &json!({"name": "A"}), "the-value-before");
            let address = format!("/workspaces/{workspace}/secrets/{id}");
            world.open(&format!("{address}/edit"));
            page.textbox("External ID").fill("x-1");
            page.button("Review changes").click();
            page.button("Save changes").click();
            page.wait_address(&address);
            page.main_landmark().wait_text("x-1");
            assert_eq!(world.api.value(&workspace, &id).as_deref(), Some("the-value-before"));
            page.button("Edit").click();
            page.radio("Clear").click();
            page.button("Review changes").click();
            page.list("Changes").wait_text("Cleared");
            page.button("Save changes").click();
            page.wait_address(&address);
            wait_until("the value is gone", || {
                world.api.value(&workspace, &id).unwrap_or_default().is_empty()
            });
            assert_eq!(world.api.read(&workspace, &id)["metadata"]["externalId"], "x-1");
        });
    }

    #[test]
    fn delete_asks_once_and_then_it_is_gone() {
        Journey::named("delete").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Deleted from");
            let id = world.api.secret(&workspace, &json!({"name": "DOOMED"}), "v");
            world.api.secret(&workspace, &json!({"name": "SPARED"}), "v");
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            page.button("Delete").click();
            page.alertdialog("Delete secret").wait_text("DOOMED");
            page.alertdialog("Delete secret").button("Cancel").click();
            page.alertdialog("Delete secret").wait_gone();
            assert_eq!(world.api.secrets(&workspace).len(), 2, "asking is not doing");
            page.button("Delete").click();
            page.alertdialog("Delete secret").button("Delete").click();
            page.wait_view("Secrets");
            page.table("Secrets").row("SPARED").wait();
            page.table("Secrets").row("DOOMED").wait_gone();
            page.status("Notifications").wait_text("DOOMED deleted.");
            let left = world.api.secrets(&workspace);
            assert_eq!(left.len(), 1);
            assert_eq!(left[0]["metadata"]["name"], "SPARED");
        });
    }

    #[test]
    fn deleting_what_is_in_use_asks_for_its_name() {
        Journey::named("delete-used").take(|world| {
            let page = &world.page;
            let (workspace, id, name) = world.api.a_secret_in_use();
            world.open(&format!("/workspaces/{workspace}/secrets/{id}"));
            page.wait_view(&name);
            // A rename breaks as much.
            page.button("Edit").click();
            page.textbox("Name").fill("RENAMED_WHILE_USED");
            page.button("Review changes").click();
            page.main_landmark()
                .wait_text("Anything that uses the old name fails after the rename.");
            page.button("Back to editing").click();
            page.textbox("Name").fill(&name);
            page.link("Cancel").click();
            page.wait_view(&name);
            page.button("Delete").click();
            let dialog = page.alertdialog("Delete secret");
            dialog.textbox("Type the name to confirm").fill("something else");
            dialog.button("Delete").click();
            assert!(dialog.exists(), "another name confirms nothing");
            assert_eq!(
                world
                    .api
                    .send(
                        "GET",
                        &format!("/v1/workspaces/{workspace}/workspace_secrets/{id}"),
                        None
                    )
                    .0,
                200
            );
            dialog.textbox("Type the name to confirm").fill(&name);
            dialog.button("Delete").click();
            page.wait_view("Secrets");
            page.status("Notifications").wait_text(&format!("{name} deleted."));
            assert_eq!(
                world
                    .api
                    .send(
                        "GET",
                        &format!("/v1/workspaces/{workspace}/workspace_secrets/{id}"),
                        None
                    )
                    .0,
                404
            );
        });
    }
}
