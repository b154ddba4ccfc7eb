//! The field for a value: what is given is what the server gets, byte for byte, and what is odd is pointed out.

#[cfg(test)]
mod tests {
    use e2e::{Journey, Vocabulary, World, wait_until};
    use serde_json::json;

    /// Hands a file of these bytes to the field, as if it were dropped there.
    fn drop_file(world: &World, name: &str, bytes: &[u8]) {
        let script = format!(
            "const data = new DataTransfer();
             data.items.add(new File([new Uint8Array({bytes:?})], '{name}'));
             document.querySelector('textarea').dispatchEvent(
                 new DragEvent('drop', {{dataTransfer: data, bubbles: true, cancelable: true}}));"
        );
        world.page.run(&script);
    }

    /// The value of the only secret of a workspace, as the server keeps it.
    fn kept(world: &World, workspace: &str) -> Option<String> {
        let made = world.api.secrets(workspace);
        assert_eq!(made.len(), 1);
        world.api.value(workspace, made[0]["metadata"]["id"].as_str()?)
    }

    fn create(world: &World, name: &str) {
        world.page.textbox("Name").fill(name);
        world.page.button("Create secret").click();
        world.page.wait_view(name);
    }

    #[test]
    fn what_is_pasted_arrives_with_its_last_line_break_and_is_told_of() {
        Journey::named("value-paste").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Pasted");
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            let value = "pasted-canary\n\u{200b}second line 🗝\n";
            // Copied in one field and pasted into another, by the keys that a person would press.
            page.run(
                "const area = document.createElement('textarea');
                 area.id = 'elsewhere';
                 area.value = 'pasted-canary\\n\\u200bsecond line \\u{1f5dd}\\n';
                 document.body.append(area);
                 area.focus();
                 area.select();",
            );
            page.press_with_ctrl('c');
            page.run(
                "document.getElementById('elsewhere').remove();
                 document.querySelector('textarea').focus();",
            );
            page.press_with_ctrl('v');
            wait_until("it is pasted", || page.textbox("Value").value() == value);
            let main = page.main_landmark();
            main.wait_text("Ends with a line break");
            main.wait_text("Invisible character at 2:1");
            create(world, "PASTED");
            assert_eq!(kept(world, &workspace).as_deref(), Some(value));
            page.assert_nowhere("pasted-canary", &[]);
        });
    }

    #[test]
    fn a_file_arrives_byte_for_byte_and_a_binary_one_is_refused() {
        Journey::named("value-file").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("From a file");
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            page.textbox("Value").fill("typed before");
            drop_file(world, "key.der", &[0x30, 0x82, 0, 1]);
            page.alert().wait_text("key.der is not text: it contains a null byte");
            drop_file(world, "latin1.txt", &[0xe9, 0x74]);
            page.alert().wait_text("is not UTF-8 (byte 1)");
            assert_eq!(page.textbox("Value").value(), "typed before");
            let value = "-----BEGIN CERTIFICATE-----\r\nAAAA\r\n-----END CERTIFICATE-----\r\n";
            drop_file(world, "windows.pem", value.as_bytes());
            page.main_landmark().wait_text("1 valid PEM block");
            page.main_landmark().wait_text("3 × CRLF");
            page.run("document.querySelector('textarea').focus()");
            page.press_with_ctrl('z');
            wait_until("it is undone", || page.textbox("Value").value() == "typed before");
            page.main_landmark().wait_text("12 bytes · 1 line");
            // Redo brings back the text without its line ends.
            page.press_with_ctrl('y');
            page.main_landmark().wait_text("Line ends are sent as LF.");
            drop_file(world, "windows.pem", value.as_bytes());
            page.main_landmark().wait_text("3 × CRLF");
            create(world, "FROM_A_FILE");
            assert_eq!(kept(world, &workspace).as_deref(), Some(value));
        });
    }

    #[test]
    fn what_is_hidden_is_nowhere_in_the_page_and_is_sent_all_the_same() {
        Journey::named("value-hidden").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Hidden");
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            page.textbox("Value").fill("hidden-canary\nof two lines\n");
            page.main_landmark().wait_text("27 bytes · 2 lines");
            page.button("Hide Value").click();
            page.button("Show Value").wait();
            wait_until("the focus stays", || page.button("Show Value").is_focused());
            // Not in its field, and not in the accessibility tree: dots alone would leave it there.
            page.assert_nowhere("hidden-canary", &[]);
            page.assert_nowhere("of two lines", &[]);
            page.main_landmark().wait_text("27 bytes · 2 lines");
            page.run("document.querySelector('textarea').focus()");
            page.type_text("nothing of this");
            page.button("Show Value").click();
            assert_eq!(page.textbox("Value").value(), "hidden-canary\nof two lines\n");
            page.button("Hide Value").click();
            // What is made or dropped while it is hidden is not shown either.
            page.run("document.querySelector('.generator').open = true");
            page.button("Generate").click();
            page.main_landmark().wait_text("32 bytes · 1 line");
            assert_eq!(page.textbox("Value").value(), "");
            drop_file(world, "windows.txt", b"dropped-canary\r\n");
            page.main_landmark().wait_text("16 bytes · 1 line");
            page.assert_nowhere("dropped-canary", &[]);
            // A draft has it, and brings it back as it was: hidden.
            page.textbox("Name").fill("HIDDEN");
            wait_until("a draft is kept", || {
                page.run("return Object.keys(sessionStorage).some(it => it.includes('draft'))") == true
            });
            page.reload();
            page.heading("Connect").wait();
            world.connect_with(&world.api.key);
            page.main_landmark().wait_text("16 bytes · 1 line");
            page.button("Show Value").wait();
            page.assert_nowhere("dropped-canary", &[]);
            page.button("Show Value").click();
            assert_eq!(page.textbox("Value").value(), "dropped-canary\n");
            page.button("Hide Value").click();
            page.button("Show Value").wait();
            page.button("Create secret").click();
            page.wait_view("HIDDEN");
            assert_eq!(kept(world, &workspace).as_deref(), Some("dropped-canary\r\n"));
            page.assert_nowhere("dropped-canary", &[]);
        });
    }

    #[test]
    fn much_is_pointed_out_and_the_server_decides() {
        Journey::named("value-too-long").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Too long");
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            page.textbox("Name").fill("LONG");
            drop_file(world, "most.txt", &[b'a'; 65536]);
            page.main_landmark().wait_text("65,536 bytes · 1 line");
            page.run("document.querySelector('textarea').focus()");
            page.type_text("b");
            page.main_landmark()
                .wait_text("65,537 bytes: some servers accept at most 65,536 (64 KiB)");
            world.expect_status(400);
            page.button("Create secret").click();
            page.alert().wait_text("Couldn't create");
            assert!(world.api.secrets(&workspace).is_empty(), "the local API takes 64 KiB");
        });
    }

    #[test]
    fn what_a_value_is_wrapped_in_or_lacks_is_mended_with_one_press() {
        Journey::named("value-wrapped").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Wrapped");
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            let value = page.textbox("Value");
            for (typed, said) in [
                ("\"sk_live_abc\"", "Remove: In quotation marks"),
                ("STRIPE_KEY=sk_live_abc", "Remove: Starts with NAME="),
                ("export STRIPE_KEY=\"sk_live_abc\"", "Remove: Starts with NAME="),
            ] {
                value.fill(typed);
                page.button(said).wait();
                assert_eq!(value.value(), typed, "nothing is altered by itself");
                page.button(said).press();
                wait_until("it is mended", || value.value() == "sk_live_abc");
            }
            let key = "-----BEGIN OPENSSH PRIVATE KEY-----\nTWFu\n-----END OPENSSH PRIVATE KEY-----";
            value.fill(key);
            page.button("Add: No line break at the end. ssh refuses such a key.")
                .press();
            wait_until("it is added", || value.value() == format!("{key}\n"));
        });
    }

    #[test]
    fn a_made_value_is_the_one_that_is_sent_and_undo_brings_back_what_was_typed() {
        Journey::named("value-generated").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Generated");
            let id = world.api.secret(&workspace, &json!({"name": "A"}), "before");
            let address = format!("/workspaces/{workspace}/secrets/{id}");
            world.open(&format!("{address}/edit"));
            page.radio("Replace").click();
            page.textbox("New value").fill("typed");
            page.run("document.querySelector('.generator').open = true");
            page.textbox("Length").fill("40");
            page.combobox("Characters").wait();
            page.button("Generate").click();
            wait_until("it is made", || page.textbox("New value").value().len() == 40);
            page.run("document.querySelector('textarea').focus()");
            page.press_with_ctrl('z');
            wait_until("it is undone", || page.textbox("New value").value() == "typed");
            page.button("Generate").click();
            wait_until("it is made again", || page.textbox("New value").value().len() == 40);
            let made = page.textbox("New value").value();
            page.button("Review changes").click();
            page.list("Changes").wait_text("Replaced · 40 characters");
            page.button("Save changes").click();
            page.wait_address(&address);
            assert_eq!(world.api.value(&workspace, &id), Some(made.clone()));
            page.assert_nowhere(&made, &[]);
        });
    }

    #[test]
    fn odd_names_are_pointed_out_and_not_altered() {
        Journey::named("odd-names").take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Odd names");
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            let name = "API\u{a0}KEY";
            page.textbox("Name").fill(name);
            let main = page.main_landmark();
            main.wait_text("Unusual space at 4");
            page.textbox("External ID").fill("vault ");
            page.textbox("Value").fill("{\"a\": }");
            main.wait_text("Ends with a space");
            main.wait_text("Invalid JSON: line 1, column 7");
            page.button("Create secret").click();
            wait_until("it is created", || !world.api.secrets(&workspace).is_empty());
            let made = &world.api.secrets(&workspace)[0];
            assert_eq!(made["metadata"]["name"], name);
            assert_eq!(made["metadata"]["externalId"], "vault ");
        });
    }

    #[test]
    fn labels_in_use_are_suggested_and_pasted_labels_become_rows() {
        Journey::named("label-help").take(|world| {
            let page = &world.page;
            let workspace = world.workspace_of("Labelled", 3);
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.status("List status").wait_text("3 secrets");
            page.button("New secret").click();
            page.wait_view("New secret");
            let labels = page.group("Labels");
            labels.button("Add label").click();
            labels.textbox("Label key").fill("num");
            page.group("Suggestions").button("number").wait();
            page.press(e2e::Key::Down);
            wait_until("the suggestion has the focus", || page.button("number").is_focused());
            page.press(e2e::Key::Enter);
            wait_until("it is taken", || labels.textbox("Label key").value() == "number");
            labels.textbox("Label value").fill("2");
            page.run(
                "const data = new DataTransfer();
                 data.setData('text/plain', 'env=prod,team=payments');
                 document.querySelector('.label-row .input').dispatchEvent(
                     new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));",
            );
            labels.textbox("Label key").wait_count(3);
            create(world, "LABELLED");
            let made = world.api.secrets(&workspace);
            let made = made.iter().find(|it| it["metadata"]["name"] == "LABELLED").unwrap();
            assert_eq!(
                made["metadata"]["labels"],
                json!({"number": "2", "env": "prod", "team": "payments"})
            );
        });
    }
}
