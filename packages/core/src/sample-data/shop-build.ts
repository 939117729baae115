import { injectDebugId } from "@landfall/artifacts/inject/inject-debug-id";

/** The sources of a shop's checkout, with the paths of its source map. It throws an error for an empty cart. */
export const SHOP_SOURCES: readonly { readonly path: string; readonly text: string }[] = [
  {
    path: "../src/checkout/money.ts",
    text: `/** An amount in cents, as people read it. */
export function money(cents: number, currency = "EUR"): string {
  return new Intl.NumberFormat("en", { style: "currency", currency }).format(cents / 100);
}
`,
  },
  {
    path: "../src/checkout/total.ts",
    text: `import type { Cart } from "./cart.ts";

/** What is to be paid, delivery included. */
export function total({ lines, delivery }: Cart): number {
  return lines.reduce((sum, { price, count }) => sum + price * count, delivery.price);
}
`,
  },
  {
    path: "../src/checkout/checkout.ts",
    text: `import type { Cart } from "./cart.ts";
import { money } from "./money.ts";
import { total } from "./total.ts";

function pay(cart: Cart, button: HTMLButtonElement): void {
  const amount = total(cart);
  button.textContent = "Pay " + money(amount);
}

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-pay]")) {
  button.addEventListener("click", () => pay(JSON.parse(sessionStorage.getItem("cart") ?? "{}"), button));
}
`,
  },
];

/** The minified output of esbuild for the sources. A test builds it again and compares. */
export const SHOP_CODE =
  '(()=>{function o(t,r="EUR"){return new Intl.NumberFormat("en",{style:"currency",currency:r}).format(t/100)}function n({lines:t,delivery:r}){return t.reduce((e,{price:a,count:m})=>e+a*m,r.price)}function u(t,r){let e=n(t);r.textContent="Pay "+o(e)}for(let t of document.querySelectorAll("button[data-pay]"))t.addEventListener("click",()=>u(JSON.parse(sessionStorage.getItem("cart")??"{}"),t));})();';

const NAMES = [
  "money",
  "cents",
  "currency",
  "total",
  "lines",
  "delivery",
  "sum",
  "price",
  "count",
  "pay",
  "cart",
  "button",
  "amount",
  "total",
  "money",
];

const MAPPINGS =
  "MACO,SAASA,EAAMC,EAAeC,EAAW,MAAe,CAC7D,OAAO,IAAI,KAAK,aAAa,KAAM,CAAE,MAAO,WAAY,SAAAA,CAAS,CAAC,EAAE,OAAOD,EAAQ,GAAG,CACxF,CCAO,SAASE,EAAM,CAAE,MAAAC,EAAO,SAAAC,CAAS,EAAiB,CACvD,OAAOD,EAAM,OAAO,CAACE,EAAK,CAAE,MAAAC,EAAO,MAAAC,CAAM,IAAMF,EAAMC,EAAQC,EAAOH,EAAS,KAAK,CACpF,CCDA,SAASI,EAAIC,EAAYC,EAAiC,CACxD,IAAMC,EAASC,EAAMH,CAAI,EACzBC,EAAO,YAAc,OAASG,EAAMF,CAAM,CAC5C,CAEA,QAAWD,KAAU,SAAS,iBAAoC,kBAAkB,EAClFA,EAAO,iBAAiB,QAAS,IAAMF,EAAI,KAAK,MAAM,eAAe,QAAQ,MAAM,GAAK,IAAI,EAAGE,CAAM,CAAC";

const SCRIPT_NAME = "checkout.js";

/** Returns the build of one version of the shop: its script and source map, with a debug id of their own. */
export function shopBuild(version: string): {
  readonly name: string;
  readonly debugId: string;
  readonly script: string;
  readonly map: string;
} {
  const script = `${SHOP_CODE}\nglobalThis.SENTRY_RELEASE={id:${JSON.stringify(version)}};\n//# sourceMappingURL=${SCRIPT_NAME}.map\n`;
  const sources = SHOP_SOURCES.map(({ path }) => path);
  const sourcesContent = SHOP_SOURCES.map(({ text }) => text);
  const plain = JSON.stringify({ version: 3, sources, sourcesContent, mappings: MAPPINGS, names: NAMES });
  const { debugId, script: injected, map } = injectDebugId({ script, map: plain });
  return { name: SCRIPT_NAME, debugId, script: injected, map: map ?? plain };
}

/** The stack trace in a browser after paying with an empty cart. Line 1 of the script is the debug id snippet. */
export const SHOP_TRACE = `TypeError: Cannot read properties of undefined (reading 'reduce')
    at n (${placeOf("reduce(")})
    at u (${placeOf("n(t)")})
    at HTMLButtonElement.<anonymous> (${placeOf("u(JSON")})`;

function placeOf(code: string): string {
  return `https://shop.example/assets/${SCRIPT_NAME}:2:${SHOP_CODE.indexOf(code) + 1}`;
}
