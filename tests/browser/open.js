// Opens an e-book in foliate-js in a headless Chromium and says in JSON what a reader meets.
//   node open.js BOOK CHROMIUM
// The browser is given this folder and the book, by a server of its own on this machine alone.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import puppeteer from "puppeteer";

const [, , bookPath, executablePath] = process.argv;
const top = new URL(".", import.meta.url).pathname;
const kinds = { ".js": "text/javascript", ".html": "text/html", ".epub": "application/epub+zip" };
const breadths = [320, 768, 1280];
const schemes = ["light", "dark"];

const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(request.url.split("?")[0]));
    try {
        const file = path === "/book.epub" ? bookPath : join(top, path);
        const data = await readFile(file);
        response.writeHead(200, { "Content-Type": kinds[extname(file)] ?? "text/plain" });
        response.end(data);
    } catch {
        response.writeHead(404).end();
    }
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"] });
const found = { overflows: [], faint: [], squeezed: [], notes: [], pages: [], chapters: [] };
try {
    for (const breadth of breadths)
        for (const scheme of schemes)
            for (const size of breadth === 320 ? [100, 200] : [100]) await read(breadth, scheme, size);
} finally {
    await browser.close();
    server.close();
}
console.log(JSON.stringify(found));

async function read(breadth, scheme, size) {
    const page = await browser.newPage();
    await page.setViewport({ width: breadth, height: 800 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.exposeFunction("clickAt", (x, y) => page.mouse.click(x, y));
    await page.goto(`${origin}/open.html`);
    const pages = scheme === "light" && size === 100;
    const said = await page.evaluate((asked) => window.readBook(asked), { size, pages });
    const where = { breadth, scheme, size };
    for (const kind of ["overflows", "faint", "squeezed", "notes"])
        found[kind].push(...said[kind].map((one) => ({ ...where, ...one })));
    if (pages) found.pages.push(said.pages);
    found.chapters.push(said.chapters);
    await page.close();
}
