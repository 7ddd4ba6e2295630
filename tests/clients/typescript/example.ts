// A pack over the typed client: make it, look at it, list it, fetch a file, and see a refusal with its code.
import assert from "node:assert/strict";
import { argv } from "node:process";
import createClient from "openapi-fetch";
import type { components, paths } from "./packer.d.ts";

type Case = components["schemas"]["Case"];

const [baseUrl, said] = [argv[2] ?? "http://127.0.0.1:8000", argv[3] ?? "{}"];
const client = createClient<paths>({ baseUrl });
const facts = JSON.parse(said) as Case;
const content = Buffer.from("picture").toString("base64");

const made = await client.POST("/v1/packs", {
  body: { case: facts, files: [{ name: "a.png", content }] },
});
assert.ok(made.data && typeof made.data === "object", JSON.stringify(made.error)); // a string were a zip
const pack = made.data;

const again = await client.GET("/v1/packs/{pack_id}", { params: { path: { pack_id: pack.id } } });
assert.equal(again.data?.status, "succeeded");

const listed = await client.GET("/v1/packs", { params: { query: { platform: facts.platform, limit: 5 } } });
assert.ok(listed.data?.items.some((one) => one.id === pack.id));

const name = again.data?.files?.find((one) => one.role === "bundle")?.name ?? "";
const file = await client.GET("/v1/packs/{pack_id}/files/{name}", {
  params: { path: { pack_id: pack.id, name } },
  parseAs: "blob",
});
assert.equal((await file.data?.slice(0, 5).text()), "%PDF-");

const refused = await client.GET("/v1/packs/{pack_id}", { params: { path: { pack_id: "nowhere" } } });
assert.equal(refused.error?.code, "pack-not-found");
console.log(`typed in TypeScript: pack ${pack.id} ${again.data?.status} with ${again.data?.files?.length} files`);
