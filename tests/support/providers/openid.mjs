// A provider of OpenID Connect that nobody here wrote, with a sign-in page of one field.
//
//     node openid.mjs '{"port": 8765, "host": "localhost", "now": 1773334800, "clients": [...]}'
//
// It prints "ready" once it listens. Whoever signs in may tick that a second factor was passed.
import { createServer } from "node:http";

const asked = JSON.parse(process.argv[2]);

// The provider lives at the instant of the tests.
const ahead = asked.now * 1000 - Date.now();
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length ? given : [RealDate.now() + ahead]));
  }
  static now() {
    return RealDate.now() + ahead;
  }
};
const { default: Provider } = await import("oidc-provider");

const provider = new Provider(`http://${asked.host}:${asked.port}`, {
  clients: asked.clients,
  claims: { openid: ["sub", "amr"], profile: ["name"], email: ["email"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["of the tests"] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_, accountId) => ({
    accountId,
    claims: () => ({ sub: accountId, name: `Outside ${accountId}`, email: `${accountId}@elsewhere.example.org` }),
  }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  async loadExistingGrant(context) {
    const { client, session, provider: own } = context.oidc;
    const grant = new own.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope("openid profile email");
    await grant.save();
    return grant;
  },
  pkce: { required: () => true },
});

const PAGE = `<!DOCTYPE html><html lang="en"><title>Elsewhere</title><h1>Elsewhere</h1><form method="post">
  <label>Account <input name="account"></label>
  <label><input type="checkbox" name="factor"> Second factor passed</label>
  <button>Sign in here</button></form></html>`;

async function signIn(request, response) {
  if (request.method === "GET") {
    response.setHeader("Content-Type", "text/html");
    response.end(PAGE);
    return;
  }
  let body = "";
  for await (const piece of request) body += piece;
  const form = new URLSearchParams(body);
  const amr = form.get("factor") ? ["pwd", "mfa"] : ["pwd"];
  const login = { accountId: form.get("account"), amr };
  await provider.interactionFinished(request, response, { login });
}

// A browser lives at the instant of the machine: to it, a cookie of the tests' day would be over already.
function keepCookies(response) {
  const setHeader = response.setHeader.bind(response);
  const kept = (cookie) => cookie.replace(/; expires=[^;]+/i, "");
  response.setHeader = (name, value) => setHeader(name, /^set-cookie$/i.test(name) ? [value].flat().map(kept) : value);
}

const answer = provider.callback();
createServer((request, response) => {
  keepCookies(response);
  if (request.url.startsWith("/interaction/")) signIn(request, response);
  else answer(request, response);
}).listen(asked.port, "127.0.0.1", () => console.log("ready"));
