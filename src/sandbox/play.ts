import { estimateTokenCount } from "tokenx";
import type { PlayedFaultKind } from "./faults.ts";
import { firstPieces, piecesOf, type StreamPiece } from "./pieces.ts";
import { playQuirk } from "./play-quirk.ts";
import type { PlayedCall } from "./played-call.ts";
import { isQuirk, occursAt } from "./quirks.ts";
import { JSON_HEADERS, streamHeaders } from "./send.ts";

type Play = (scene: PlayedCall) => void;

/** Time for what was written to reach the client before its connection is reset, milliseconds. */
const FLUSH_MS = 5;
const DRIP_MS = 20;
const HTML =
  "<!doctype html>\n<html><head><title>Sign in</title></head><body><h1>Sign in to the network</h1></body></html>\n";
const WRONG_SHAPE = { status: "ok", data: { items: [] }, note: "sandbox: not what you asked for" };
const GARBAGE = '{"sandbox": garb\u00e0ge, ]]';

const PLAYS = {
  latency: well,
  bad_answer: well,
  empty: well,
  refusal: well,
  filter: well,
  length: well,
  // Nothing is sent; the line stays broken off, and the response closes with the client.
  hang: () => {},
  stall: (scene) => sendSome(scene),
  reset: ({ response }) => response.socket?.resetAndDestroy(),
  reset_mid_body: (scene) => {
    sendSome(scene);
    const timer = setTimeout(() => scene.response.socket?.resetAndDestroy(), FLUSH_MS);
    scene.response.once("close", () => clearTimeout(timer));
  },
  truncated: (scene) => {
    sendSome(scene);
    scene.response.end();
  },
  malformed: (scene) => {
    if (scene.stream) sendSome(scene);
    else scene.response.writeHead(200, JSON_HEADERS);
    scene.response.end(scene.stream ? scene.wire.framing.message(GARBAGE) : GARBAGE);
  },
  html: ({ response }) => {
    response.writeHead(200, { ...JSON_HEADERS, "content-type": "text/html; charset=utf-8" }).end(HTML);
  },
  no_body: ({ response, wire, stream }) => {
    const headers = stream ? streamHeaders(wire.framing) : JSON_HEADERS;
    response.writeHead(200, { ...headers, "content-length": "0" }).end();
  },
  wrong_shape: ({ response, wire, stream }) => {
    const json = JSON.stringify(WRONG_SHAPE);
    if (stream) response.writeHead(200, streamHeaders(wire.framing)).end(wire.framing.message(json, "message"));
    else response.writeHead(200, JSON_HEADERS).end(json);
  },
  error_event: (scene) => {
    const { response, wire, reply } = scene;
    if (scene.stream) {
      sendSome(scene);
      response.end(wire.errorEvent(reply.serial));
    } else {
      response.writeHead(200, JSON_HEADERS).end(JSON.stringify(wire.error({ kind: "overloaded" }, reply.serial).body));
    }
  },
  drip,
} as const satisfies Record<PlayedFaultKind, Play>;

/** Sends the reply as the fault has it. The client may hang up at any time; the line then keeps what was sent. */
export function play(scene: PlayedCall): void {
  const { response, fault, wire, stream } = scene;
  if (response.closed || response.destroyed) return;
  if (fault === null) return well(scene);
  const { kind } = fault;
  if (!isQuirk(kind)) {
    const act: Play = PLAYS[kind as PlayedFaultKind];
    return act(scene);
  }
  return stream && occursAt(kind, wire.provider) ? playQuirk(scene, { ...fault, kind }) : well(scene);
}

/** The whole answer; at once, unless the fault asks for a pause between pieces. */
function well(scene: PlayedCall): void {
  const { response, wire, stream, reply, fault, line } = scene;
  if (!stream) {
    response.writeHead(200, JSON_HEADERS).end(JSON.stringify(wire.body(reply)));
    line.complete();
    return;
  }
  const betweenMs = fault?.kind === "latency" ? (fault.betweenMs ?? 0) : 0;
  response.writeHead(200, streamHeaders(wire.framing));
  if (betweenMs > 0) {
    pace(scene, betweenMs);
    return;
  }
  const deltas = piecesOf(reply.text).map((piece) => wire.delta(reply, piece.text, piece.sentTokens));
  response.end(wire.opening(reply) + deltas.join("") + wire.closing(reply));
  line.complete();
}

function pace(scene: PlayedCall, betweenMs: number): void {
  const { response, wire, reply, line } = scene;
  const pieces = piecesOf(reply.text)[Symbol.iterator]();
  response.write(wire.opening(reply));
  const timer = setInterval(() => {
    const next = pieces.next();
    if (next.done !== true) {
      sendPiece(scene, next.value);
      return;
    }
    clearInterval(timer);
    response.end(wire.closing(reply));
    line.complete();
  }, betweenMs);
  response.once("close", () => clearInterval(timer));
}

/** Opens, sends the first tokens and leaves the response open. Of a JSON body the first half, which carries no usable text. */
function sendSome(scene: PlayedCall): void {
  const { response, wire, stream, reply } = scene;
  if (!stream) {
    const body = JSON.stringify(wire.body(reply));
    response.writeHead(200, JSON_HEADERS);
    response.write(body.slice(0, Math.floor(body.length / 2)));
    return;
  }
  response.writeHead(200, streamHeaders(wire.framing));
  response.write(wire.opening(reply));
  for (const piece of firstPieces(reply.text)) sendPiece(scene, piece);
}

function sendPiece({ response, wire, reply, line }: PlayedCall, piece: StreamPiece): void {
  response.write(wire.delta(reply, piece.text, piece.sentTokens));
  line.sent(piece.sentTokens);
}

/** One character at a time, over and over; in a JSON body white space, which never becomes a value. */
function drip(scene: PlayedCall): void {
  const { response, wire, stream, reply, fault, line } = scene;
  const everyMs = fault?.kind === "drip" ? (fault.everyMs ?? DRIP_MS) : DRIP_MS;
  response.writeHead(200, stream ? streamHeaders(wire.framing) : JSON_HEADERS);
  response.write(stream ? wire.opening(reply) : " ");
  const characters = Array.from(reply.text === "" ? "." : reply.text);
  let sent = "";
  let next = 0;
  const timer = setInterval(() => {
    const character = characters[next % characters.length] ?? ".";
    next += 1;
    if (!stream) {
      response.write(" ");
      return;
    }
    sent += character;
    // Counted anew each time: drips are slow, and a word's tokens change as it grows.
    const sentTokens = estimateTokenCount(sent);
    response.write(wire.delta(reply, character, sentTokens));
    line.sent(sentTokens);
  }, everyMs);
  response.once("close", () => clearInterval(timer));
}
