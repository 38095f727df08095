// Opens a web page in a headless Chromium and says in JSON what axe finds, and what it asks for.
//   node page.js PAGE CHROMIUM
// At 320, 768 and 1,280 px, in light and dark, and narrow at twice the size of type.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer";

const [, , file, executablePath] = process.argv;
const address = pathToFileURL(resolve(file)).href;
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// All that axe has, those for the newest guidelines too, which are off by default.
const asked = { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } };

const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"] });
const found = { rules: 0, violations: [], overflows: [], requests: [] };
try {
    for (const breadth of [320, 768, 1280])
        for (const scheme of ["light", "dark"])
            for (const size of breadth === 320 ? [100, 200] : [100]) await look(breadth, scheme, size);
} finally {
    await browser.close();
}
console.log(JSON.stringify(found));

async function look(breadth, scheme, size) {
    const where = `${breadth} px, ${scheme}, ${size} %`;
    const page = await browser.newPage();
    page.on("request", (one) => {
        const url = one.url();
        if (url !== address && !url.startsWith("data:")) found.requests.push(url);
    });
    await page.setViewport({ width: breadth, height: 800 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(address);
    await page.evaluate(async (part) => {
        document.documentElement.style.fontSize = `calc(${getComputedStyle(document.documentElement).fontSize} * ${part})`;
        for (const each of document.querySelectorAll("details")) each.open = true;
        await document.fonts.ready;
    }, size / 100);
    const breadths = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
    if (breadths[0] > breadths[1]) found.overflows.push(`${where}: ${breadths[0]} px`);
    await page.evaluate(axe);
    const said = await page.evaluate((options) => window.axe.run(document, options), asked);
    found.rules = said.passes.length + said.violations.length;
    for (const each of said.violations)
        for (const node of each.nodes)
            found.violations.push(`${where}: ${each.id}: ${each.help}: ${node.html.slice(0, 200)}`);
    await page.close();
}
