//! The forms for a secret: what is pasted, what is pointed out, and how few keys and presses it takes.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Key, Page, Vocabulary, Window, World, bundle_of, wait_until};
    use serde_json::{Value, json};

    /// Pastes a text into the field with this id.
    fn paste(page: &Page, id: &str, text: &str) {
        page.put_into_clipboard(text);
        page.run(&format!("document.getElementById('{id}').focus()"));
        page.press_with_ctrl('v');
    }

    fn new_secret(world: &World, name: &str) -> String {
        let workspace = world.api.workspace(name);
        world.open(&format!("/workspaces/{workspace}/secrets"));
        world.page.button("New secret").click();
        world.page.wait_view("New secret");
        workspace
    }

    fn edit(world: &World, name: &str) -> (String, String, String) {
        let workspace = world.api.workspace(name);
        let id = world.api.secret(&workspace, &json!({"name": "A"}), "before");
        let address = format!("/workspaces/{workspace}/secrets/{id}");
        world.open(&format!("{address}/edit"));
        world.page.textbox("Name").wait();
        (workspace, id, address)
    }

    /// Values of the secrets of a workspace, by their names.
    fn values(world: &World, workspace: &str) -> Vec<(String, Option<String>)> {
        let mut values: Vec<_> = world
            .api
            .secrets(workspace)
            .iter()
            .map(|secret| {
                let text = |key: &str| secret["metadata"][key].as_str().unwrap_or_default().to_owned();
                (text("name"), world.api.value(workspace, &text("id")))
            })
            .collect();
        values.sort();
        values
    }

    /// Below 16 px, Safari on a phone zooms in at each field.
    #[test]
    fn fields_on_a_phone_have_text_of_16_px() {
        Journey::named("phone-fields").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Phone", 3);
            page.resize(Window::of(390, 800));
            let check = |place: &str| {
                let sizes = page.run(
                    "return [...document.querySelectorAll('input, select, textarea')]
                         .filter(it => !['checkbox', 'radio', 'file'].includes(it.type) && it.checkVisibility())
                         .map(it => parseFloat(getComputedStyle(it).fontSize))",
                );
                let sizes: Vec<_> = sizes
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_f64)
                    .collect();
                assert!(!sizes.is_empty(), "{place} has no field");
                assert!(sizes.iter().all(|size| *size >= 16.0), "{place}: {sizes:?}");
            };
            page.visit("/connect");
            page.wait_view("Connect");
            check("connect");
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.status("List status").wait_text("3 secrets");
            check("the list");
            page.press_with_ctrl('k');
            page.combobox("Go to or run").wait();
            check("the palette");
            page.press(Key::Escape);
            page.combobox("Go to or run").wait_gone();
            page.button("New secret").click();
            page.wait_view("New secret");
            page.button("Add label").click();
            page.textbox("Label key").wait();
            check("the form");
        });
    }

    /// Where a screen is touched, the focus would open a keyboard over the page.
    #[test]
    fn the_key_is_focused_where_a_pointer_is_fine() {
        Journey::named("key-focus").take(|world| {
            let page = &world.page;
            let focused = || {
                page.run(
                    "return new Promise(told => requestAnimationFrame(() => requestAnimationFrame(
                () => told(document.activeElement.id))))",
                )
            };
            page.visit("/connect");
            page.wait_view("Connect");
            wait_until("the key has the focus", || focused() == "api-key");
            page.touch_screen(true);
            page.reload();
            page.wait_view("Connect");
            page.settle();
            assert_ne!(focused(), "api-key");
        });
    }

    #[test]
    fn suggestions_open_at_their_field() {
        Journey::named("suggestions-place").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Placed", 3);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.status("List status").wait_text("3 secrets");
            page.button("New secret").click();
            page.wait_view("New secret");
            page.button("Add label").click();
            for (field, typed) in [("Label key", "num"), ("Label value", "")] {
                page.textbox(field).fill(typed);
                page.press(Key::Down);
                page.group("Suggestions").wait();
                // How far the list is from the lower left corner of its field.
                let distance = page.run(
                    "const list = document.querySelector(':popover-open').getBoundingClientRect();
                     const field = document.querySelector(':popover-open').closest('.label-part')
                         .querySelector('input').getBoundingClientRect();
                     return [Math.abs(list.left - field.left), list.top - field.bottom];",
                );
                let [x, y] = [&distance[0], &distance[1]].map(|it| it.as_f64().unwrap_or(f64::MAX));
                assert!(x < 2.0 && (0.0..12.0).contains(&y), "{field}: {distance}");
                page.press(Key::Enter);
                page.group("Suggestions").wait_gone();
            }
            assert_eq!(page.textbox("Label key").value(), "number");
        });
    }

    #[test]
    fn one_press_is_enough_wherever_something_may_be_pointed_out() {
        Journey::named("one-press").take(|world| {
            let page = &world.page;
            let (workspace, id, address) = edit(world, "One press");
            page.radio("Replace").click();
            paste(page, "new-value", "pasted-canary \n");
            page.button("Review changes").press();
            page.list("Changes")
                .wait_text("15 characters · Ends with a space · Ends with a line break");
            page.button("Back to editing").press();
            // What is pointed out comes in its own time, and moves nothing.
            let places = "return [...document.querySelectorAll('main .button, main summary, main .input')]
                .map(it => it.getBoundingClientRect()).map(it => `${it.left + scrollX} ${it.top + scrollY}`).join()";
            page.textbox("New value").fill("");
            page.textbox("Name").fill("A");
            wait_until("nothing is pointed out", || {
                !page.main_landmark().text().contains("Ends with")
            });
            let before = page.run(places);
            page.textbox("Name").fill("A ");
            paste(page, "new-value", "pasted-canary\n");
            page.main_landmark().wait_text("Ends with a line break");
            page.main_landmark().wait_text("Ends with a space");
            assert_eq!(page.run(places), before);
            // And it can be mended with one press.
            page.button("Remove: Ends with a line break").press();
            wait_until("it is removed", || page.textbox("New value").value() == "pasted-canary");
            page.textbox("Name").fill("A");
            paste(page, "new-value", "\n");
            page.run("document.querySelector('.generator > summary').scrollIntoView({block: 'center'})");
            page.button("Review changes").press();
            page.list("Changes").wait();
            page.button("Save changes").press();
            page.wait_address(&address);
            assert_eq!(world.api.value(&workspace, &id).as_deref(), Some("pasted-canary\n"));
        });
    }

    #[test]
    fn enter_goes_on_with_labels_and_ctrl_enter_sends_what_is_in_sight() {
        Journey::named("form-keys").take(|world| {
            let page = &world.page;
            let (workspace, id, address) = edit(world, "Form keys");
            page.button("Add label").click();
            wait_until("the focus is in the new row", || page.textbox("Label key").is_focused());
            page.type_text("ro");
            page.press(Key::Enter);
            wait_until("the value has the focus", || page.textbox("Label value").is_focused());
            page.type_text("x");
            page.press(Key::Enter);
            page.textbox("Label key").wait_count(2);
            page.type_text("team");
            page.press_with(Key::Control, '\u{e007}');
            page.wait_view("Review changes to A");
            page.press(Key::Escape);
            page.wait_view("Edit A");
            page.press_with(Key::Control, '\u{e007}');
            page.wait_view("Review changes to A");
            page.press_with(Key::Control, '\u{e007}');
            page.wait_address(&address);
            page.wait_view("A");
            assert_eq!(
                world.api.read(&workspace, &id)["metadata"]["labels"],
                json!({"ro": "x", "team": ""})
            );
        });
    }

    #[test]
    fn the_form_shows_what_the_name_will_become_until_the_server_is_known() {
        for (options, saved) in [(&[][..], "STRIPE_KEY"), (&["--keep-names"][..], "stripe_key")] {
            Journey::named("names").with(options).take(|world| {
                let page = &world.page;
                let workspace = new_secret(world, "Names");
                let hint = "The server will probably save it as STRIPE_KEY.";
                page.textbox("Name").fill("stripe_key");
                page.main_landmark().wait_text(hint);
                page.button("Create secret").click();
                page.wait_view(saved);
                assert_eq!(world.api.secrets(&workspace)[0]["metadata"]["name"], saved);
                page.link("Secrets").click();
                page.wait_view("Secrets");
                page.type_text("n");
                page.wait_view("New secret");
                page.textbox("Name").fill("Stripe_Key");
                if saved == "STRIPE_KEY" {
                    page.main_landmark().wait_text("The server will save it as STRIPE_KEY.");
                    page.main_landmark().wait_text("STRIPE_KEY already exists here.");
                } else {
                    // Another name, on a server that keeps names.
                    page.button("Create secret").click();
                    page.wait_view("Stripe_Key");
                }
            });
        }
    }

    #[test]
    fn a_line_of_a_file_is_a_secret_in_one_paste() {
        Journey::named("create-paste").take(|world| {
            let page = &world.page;
            let workspace = new_secret(world, "One paste");
            wait_until("the focus is in the first field", || page.textbox("Name").is_focused());
            page.put_into_clipboard("export STRIPE_KEY=\"sk canary\" # live");
            page.run("document.getElementById('name').focus()");
            page.press_with_ctrl('v');
            wait_until("it is split", || page.textbox("Value").value() == "sk canary");
            assert_eq!(page.textbox("Name").value(), "STRIPE_KEY");
            page.main_landmark().wait_text("Split from .env");
            page.button("Undo").click();
            assert_eq!(
                (
                    page.textbox("Name").value().as_str(),
                    page.textbox("Value").value().as_str()
                ),
                ("", "")
            );
            page.press_with_ctrl('v');
            wait_until("it is split", || page.textbox("Value").value() == "sk canary");
            page.press(Key::Enter);
            page.wait_view("STRIPE_KEY");
            assert_eq!(
                values(world, &workspace),
                [("STRIPE_KEY".to_owned(), Some("sk canary".to_owned()))]
            );
            // Into the value, and another one after it.
            page.visit_by("Secrets");
            page.button("New secret").click();
            page.wait_view("New secret");
            paste(page, "value", "STRIPE_KEY=again");
            page.main_landmark().wait_text("STRIPE_KEY already exists here.");
            page.button("Undo").click();
            assert_eq!(page.textbox("Value").value(), "STRIPE_KEY=again", "it may be a value");
            page.main_landmark().wait_text("Starts with NAME=");
            page.textbox("Name").fill("SECOND");
            page.button("Create another").click();
            wait_until("the form is empty", || page.textbox("Name").value().is_empty());
            wait_until("the focus is in the first field", || page.textbox("Name").is_focused());
            assert_eq!(page.textbox("Value").value(), "");
            page.type_text("THIRD");
            page.press_with(Key::Control, '\u{e007}');
            page.wait_view("THIRD");
            let names: Vec<_> = values(world, &workspace).into_iter().map(|(name, _)| name).collect();
            assert_eq!(names, ["SECOND", "STRIPE_KEY", "THIRD"]);
            page.assert_nowhere("sk canary", &[]);
        });
    }

    #[test]
    fn a_whole_file_is_shown_amended_and_created_one_by_one() {
        Journey::named("create-file").take(|world| {
            let page = &world.page;
            let workspace = new_secret(world, "A file");
            world.api.secret(&workspace, &json!({"name": "THERE"}), "before");
            let file = "# of the old server\nFIRST=one-canary\nSECOND='two canary'\nnonsense\nTHIRD=\"-----BEGIN A-----\nAAAA\n-----END A-----\n\"\nFOURTH=4\n";
            paste(page, "name", file);
            let list = page.list("Secrets to create");
            list.wait_text("10 bytes · 1 line");
            page.assert_nowhere("one-canary", &[]);
            page.main_landmark().wait_text("line 4");
            assert_eq!(world.api.secrets(&workspace).len(), 1, "nothing is sent yet");
            page.checkbox("Create FOURTH").click();
            page.textbox("Name of secret 2").fill("THERE");
            page.button("Show Value of secret 1").click();
            page.textbox("Value of secret 1").fill("one-amended");
            world.expect_status(409);
            page.button("Create 3 secrets").click();
            page.main_landmark().wait_text("2 secrets created.");
            list.wait_text("This name is taken.");
            page.textbox("Name of secret 2").fill("SECOND");
            page.button("Create 1 secret").click();
            page.main_landmark().wait_text("3 secrets created.");
            page.link("View secrets").click();
            page.wait_view("Secrets");
            let pair = |name: &str, value: &str| (name.to_owned(), Some(value.to_owned()));
            let expected = [
                pair("FIRST", "one-amended"),
                pair("SECOND", "two canary"),
                pair("THERE", "before"),
                pair("THIRD", "-----BEGIN A-----\nAAAA\n-----END A-----\n"),
            ];
            assert_eq!(values(world, &workspace), expected);
            for canary in ["one-canary", "one-amended", "two canary"] {
                page.assert_nowhere(canary, &[]);
            }
        });
    }

    #[test]
    fn who_edits_what_a_bundle_manages_is_told_in_each_step() {
        Journey::named("bundle-edit").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace_named("Production");
            let secrets = world.api.secrets(&workspace);
            let managed = secrets
                .iter()
                .find(|it| bundle_of(it).is_some())
                .expect("the demo data has a secret that a bundle manages");
            let bundle = bundle_of(managed).unwrap_or_default();
            let text = |key: &str| managed["metadata"][key].as_str().unwrap_or_default();
            world.open(&format!("/workspaces/{workspace}/secrets/{}/edit", text("id")));
            let main = page.main_landmark();
            let told = "Managed by a configuration bundle";
            main.wait_text(bundle);
            main.wait_text(told);
            page.radio("Clear").click();
            page.button("Review changes").click();
            page.wait_view(&format!("Review changes to {}", text("name")));
            main.wait_text(told);
        });
    }

    #[test]
    fn all_conflicts_are_picked_at_once() {
        Journey::named("pick-all").take(|world| {
            let page = &world.page;
            let (workspace, id, _) = edit(world, "Picked");
            page.textbox("Name").fill("MINE");
            page.textbox("External ID").fill("mine");
            let body = json!({"metadata": {"name": "THEIRS", "externalId": "theirs"}, "updateMask": "metadata.name,metadata.externalId"});
            let path = format!("/v1/workspaces/{workspace}/workspace_secrets/{id}");
            assert_eq!(world.api.send("PATCH", &path, Some(&body)).0, 200);
            page.button("Review changes").click();
            page.button("Save changes").click();
            page.wait_view("Someone else changed this secret");
            page.button("Keep all mine").click();
            assert!(page.group("Name").radio("Yours: “MINE”").is_chosen());
            page.button("Keep all theirs").click();
            assert!(page.group("External ID").radio("On the server: “theirs”").is_chosen());
            page.group("Name").radio("Yours: “MINE”").click();
            page.button("Continue to review").click();
            page.wait_view("Review changes to THEIRS");
            page.button("Save changes").click();
            page.wait_view("MINE");
            assert_eq!(world.api.read(&workspace, &id)["metadata"]["externalId"], "theirs");
        });
    }
}
