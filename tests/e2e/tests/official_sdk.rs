//! Across: what the browser creates the official SDK reads, and what the SDK creates the browser shows.

#[cfg(test)]
mod tests {
    use std::path::Path;

    use e2e::local_api::official_sdk;
    use e2e::{Journey, Vocabulary};
    use serde_json::{Value, json};

    fn script(name: &str) -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts").join(name)
    }

    #[test]
    fn what_the_browser_creates_the_sdk_reads() {
        Journey::named("browser-to-sdk").returning_values().take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Shared");
            let value = "päss \"word\" 🗝 \\ end";
            world.open(&format!("/workspaces/{workspace}/secrets/new"));
            page.textbox("Name").fill("FROM_THE_BROWSER");
            page.textbox("Value").fill(value);
            page.textbox("External ID").fill("b-1");
            page.group("Labels").button("Add label").click();
            page.group("Labels").textbox("Label key").fill("example.com/from");
            page.group("Labels").textbox("Label value").fill("browser");
            page.button("Create secret").click();
            page.wait_view("FROM_THE_BROWSER");
            let read: Value = serde_json::from_str(&official_sdk(&world.api, &workspace, &script("read.py"))).unwrap();
            let expected = json!([{
                "name": "FROM_THE_BROWSER", "externalId": "b-1", "labels": {"example.com/from": "browser"}, "value": value
            }]);
            assert_eq!(read, expected);
        });
    }

    #[test]
    fn what_the_sdk_creates_the_browser_shows() {
        Journey::named("sdk-to-browser").returning_values().take(|world| {
            let page = &world.page;
            let workspace = world.api.workspace("Shared");
            let id = official_sdk(&world.api, &workspace, &script("create.py"));
            world.open(&format!("/workspaces/{workspace}/secrets"));
            page.table("Secrets").link("FROM_THE_SDK ✓").click();
            page.wait_view("FROM_THE_SDK ✓");
            page.wait_address(&format!("/workspaces/{workspace}/secrets/{}", id.trim()));
            for part in ["s-1", "example.com/from", "sdk"] {
                page.main_landmark().wait_text(part);
            }
            page.button("Reveal value").click();
            page.main_landmark().wait_text("value of the SDK");
        });
    }
}
