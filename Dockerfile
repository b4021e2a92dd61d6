# syntax=docker/dockerfile:1
# MCP over stdio in a container: docker run --rm -i -e ANTHROPIC_API_KEY -v signalbox:/data signalbox
# Over HTTP, several of them on one Postgres: deploy/compose.yaml, docs/kubernetes.md

FROM node:24-slim AS build
WORKDIR /build
COPY . .
# The package as it is published, with what it needs to run and nothing else.
RUN npm ci --no-audit --no-fund \
 && npm pack --ignore-scripts --pack-destination /tmp \
 && mkdir /app && tar xzf /tmp/signalbox-*.tgz -C /app --strip-components=1 \
 && cp package-lock.json /app/ \
 && cd /app && npm ci --omit=dev --omit=peer --ignore-scripts --no-audit --no-fund \
 && rm package-lock.json

FROM node:24-slim
ENV NODE_ENV=production SIGNALBOX_DB=/data/ledger.db
RUN mkdir /data && chown node:node /data
COPY --from=build /app /app
USER node
VOLUME /data
ENTRYPOINT ["node", "/app/dist/bin.js"]
