//! What goes over the wire, flow by flow: exactly which requests, which bodies hold a value, and that nothing else does.

#[cfg(test)]
mod tests {
    use e2e::wire::Wire;
    use e2e::{Journey, Page, Vocabulary, World, wait_until};
    use serde_json::json;

    /// With characters that are written otherwise in JSON, in an address, in a page and in base64.
    const OLD: &str = "canary \"of <old>\" ✓";
    const NEW: &str = "canary & of {new} ü";
    const VALUES: [(&str, &str); 2] = [("old", OLD), ("new", NEW)];

    /// Where a value is while one types it or has it shown, and the only places.
    const IN_ITS_FIELD: [&str; 2] = ["what fields hold", "the accessibility tree"];
    const SHOWN: [&str; 3] = ["the page", "text of the page", "the accessibility tree"];

    /// A workspace with one secret, which holds [`OLD`].
    struct Place {
        workspace: String,
        id: String,
    }

    impl Place {
        fn of(world: &World) -> Self {
            let workspace = world.api.workspace("Watched");
            let id = world.api.secret(&workspace, &json!({"name": "A"}), OLD);
            Self { workspace, id }
        }

        fn list(&self) -> String {
            format!("/workspaces/{}/secrets", self.workspace)
        }

        fn one(&self) -> String {
            format!("{}/{}", self.list(), self.id)
        }

        /// The calls as they go out, with the places put in.
        fn calls(&self, calls: &[&str]) -> Vec<String> {
            let list = format!("/v1/workspaces/{}/workspace_secrets", self.workspace);
            let one = format!("{list}/{}", self.id);
            let put_in = |call: &&str| call.replace("{list}", &list).replace("{one}", &one);
            calls.iter().map(put_in).collect()
        }
    }

    fn watched(name: &str, body: impl FnOnce(&World, &Wire<'_>, &Place)) {
        Journey::named(name)
            .watching_the_wire()
            .returning_values()
            .take(|world| {
                let place = Place::of(world);
                body(world, &Wire::of(world, &VALUES), &place);
            });
    }

    /// What goes out when a tab is opened, before what the view itself asks for.
    const CONNECTING: [&str; 2] = ["GET /v1/whoami", "GET /v1/workspaces?limit=50"];

    #[test]
    fn reading() {
        watched("wire-reading", |world, wire, place| {
            let expect = |calls: &[&str], act: &dyn Fn(&Page)| wire.expect(&place.calls(calls), act);
            expect(
                &[&CONNECTING[..], &["GET {list}?limit=50&includeInfo=true"]].concat(),
                &|page| {
                    world.open(&place.list());
                    page.table("Secrets").row("A").wait();
                },
            );
            wire.assert_nowhere();

            expect(&["GET {one}"], &|page| {
                page.table("Secrets").link("A").click();
                page.wait_view("A");
                page.button("Reveal value").wait();
            });
            wire.assert_nowhere();

            expect(&["GET {one}"], &|page| {
                page.button("Reveal value").click();
                page.main_landmark().wait_text(OLD);
                page.assert_nowhere(OLD, &SHOWN);
            });
            expect(&[], &|page| {
                page.button("Hide value").click();
                page.button("Reveal value").wait();
            });
            wire.assert_nowhere();

            expect(&["GET {one}"], &|page| {
                page.button("Copy value").click();
                page.status("Notifications").wait_text("Clipboard clears");
            });
            wire.assert_nowhere();
            assert_eq!(world.page.pasted(), OLD);

            expect(&[], &|page| {
                page.button("Account menu").click();
                page.button("Lock now").click();
                page.wait_view("Locked");
            });
            wire.assert_nowhere();

            expect(&[&CONNECTING[..], &["GET {one}"]].concat(), &|page| {
                world.connect_with(&world.api.key);
                page.wait_view("A");
                page.button("Reveal value").wait();
            });
            expect(&[], &|page| {
                page.button("Account menu").click();
                page.button("Disconnect").click();
                page.wait_view("Connect");
            });
            wire.assert_nowhere();
            world.page.assert_nowhere(&world.api.key, &[]);
        });
    }

    #[test]
    fn creating() {
        watched("wire-creating", |world, wire, place| {
            let made = json!({"metadata": {"name": "MADE", "labels": {"env": "prod"}}, "spec": {"value": "<new>"}});
            expect_view(world, wire, place, &format!("{}/new", place.list()), &[]);
            wire.expect(&[], |page| {
                page.textbox("Name").fill("MADE");
                page.textbox("Value").fill(NEW);
                page.group("Labels").button("Add label").click();
                page.group("Labels").textbox("Label key").fill("env");
                page.group("Labels").textbox("Label value").fill("prod");
                wait_for_draft(page);
                page.assert_nowhere(NEW, &IN_ITS_FIELD);
            });
            // The secret that was made is read where it is shown: its id is known only then.
            let calls = wire.during(|page| {
                page.button("Create secret").click();
                page.wait_view("MADE");
                page.button("Reveal value").wait();
            });
            let id = world.api.secret_named(&place.workspace, "MADE");
            let create = format!("POST {{list}} {made}");
            let read = format!("GET {{list}}/{id}");
            assert_eq!(calls, place.calls(&[&create, &read]));
            wire.assert_nowhere();
            assert_eq!(world.api.value(&place.workspace, &id).as_deref(), Some(NEW));
        });
    }

    #[test]
    fn editing() {
        watched("wire-editing", |world, wire, place| {
            expect_view(world, wire, place, &place.one(), &["GET {one}"]);
            // The view of the form, the look before it is saved, and the view of the secret read it; one body writes it.
            let edit = |body: &serde_json::Value, fill: &dyn Fn(&Page)| {
                wire.expect(&place.calls(&["GET {one}"]), |page| {
                    page.button("Edit").click();
                    fill(page);
                    page.button("Review changes").click();
                    page.list("Changes").wait();
                    page.assert_nowhere(NEW, &[]);
                    page.assert_nowhere(OLD, &[]);
                });
                let patch = format!("PATCH {{one}} {body}");
                wire.expect(&place.calls(&["GET {one}", &patch, "GET {one}"]), |page| {
                    page.button("Save changes").click();
                    page.wait_address(&place.one());
                    page.button("Edit").wait();
                });
                wire.assert_nowhere();
            };

            let keep = json!({"metadata": {"name": "B"}, "updateMask": "metadata.name"});
            edit(&keep, &|page| page.textbox("Name").fill("B"));
            assert_eq!(world.api.value(&place.workspace, &place.id).as_deref(), Some(OLD));

            let replace = json!({"spec": {"value": "<new>"}, "updateMask": "spec.value"});
            edit(&replace, &|page| {
                page.radio("Replace").click();
                page.textbox("New value").fill(NEW);
            });
            assert_eq!(world.api.value(&place.workspace, &place.id).as_deref(), Some(NEW));

            let clear = json!({"spec": {}, "updateMask": "spec.value"});
            edit(&clear, &|page| page.radio("Clear").click());
            assert_eq!(world.api.value(&place.workspace, &place.id), None);
        });
    }

    #[test]
    fn deleting() {
        watched("wire-deleting", |world, wire, place| {
            expect_view(world, wire, place, &place.one(), &["GET {one}"]);
            let confirm = |page: &Page| {
                page.button("Delete").click();
                page.alertdialog("Delete secret").button("Delete").click();
                page.button("Undo").wait();
            };
            // The list is shown while it waits.
            wire.expect(&place.calls(&["GET {list}?limit=50&includeInfo=true"]), |page| {
                confirm(page);
                page.button("Undo").click();
                page.status("Notifications").wait_text("was not deleted.");
                page.wait_view("Secrets");
            });
            expect_view(world, wire, place, &place.one(), &["GET {one}"]);
            wire.expect(&place.calls(&["GET {list}?limit=50&includeInfo=true"]), confirm);
            wire.expect(&place.calls(&["DELETE {one}"]), |page| {
                page.status("Notifications").wait_text(" deleted.");
            });
            wire.assert_nowhere();
        });
    }

    #[test]
    fn drafts() {
        watched("wire-drafts", |world, wire, place| {
            expect_view(world, wire, place, &format!("{}/edit", place.one()), &["GET {one}"]);
            wire.expect(&[], |page| {
                page.radio("Replace").click();
                page.textbox("New value").fill(NEW);
                wait_for_draft(page);
                page.assert_nowhere(NEW, &IN_ITS_FIELD);
            });
            wire.expect(&[], |page| {
                page.reload();
                page.wait_view("Connect");
                wait_for_draft(page);
            });
            wire.assert_nowhere();
            wire.expect(&place.calls(&[&CONNECTING[..], &["GET {one}"]].concat()), |page| {
                world.connect_with(&world.api.key);
                wait_until("the draft is here again", || {
                    page.textbox("New value").exists() && page.textbox("New value").value() == NEW
                });
                page.assert_nowhere(NEW, &IN_ITS_FIELD);
                page.assert_nowhere(OLD, &[]);
            });
            wire.expect(&[], |page| {
                page.button("Account menu").click();
                page.button("Lock now").click();
                // The value in the draft would go.
                page.alertdialog("Lock now?").button("Lock now").click();
                page.wait_view("Locked");
            });
            // What is encrypted is there, and nothing of it can be read.
            wait_for_draft(&world.page);
            wire.assert_nowhere();
            wire.expect(&[], |page| {
                page.button("Disconnect").click();
                page.wait_view("Connect");
                wait_until("the draft is gone", || !has_draft(page));
            });
            wire.assert_nowhere();
        });
    }

    /// Opens an address, connects, and expects what goes out for that.
    fn expect_view(world: &World, wire: &Wire<'_>, place: &Place, address: &str, calls: &[&str]) {
        wire.expect(&place.calls(&[&CONNECTING[..], calls].concat()), |_| {
            world.open(address)
        });
    }

    fn has_draft(page: &Page) -> bool {
        page.run("return Object.keys(sessionStorage).some(name => name.includes('draft'))") == true
    }

    fn wait_for_draft(page: &Page) {
        wait_until("a draft is kept", || has_draft(page));
    }
}
