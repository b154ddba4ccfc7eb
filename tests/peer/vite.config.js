import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The policy of the site, which the local API sends with every page, allows nothing inline.
export default defineConfig({ plugins: [react()], build: { modulePreload: { polyfill: false }, assetsInlineLimit: 0 } });
