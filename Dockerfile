# The image runs the TypeScript sources directly: Node 24 strips the types while loading them, so the tested code runs,
# line numbers included, without a second build to keep in sync. `npm run check:image` executes these steps in a folder, so
# that they are tested without a container engine. The base image is pinned by the digest of its index, which has all of its
# architectures: a tag can be moved to another image. Node's version is that of package.json.

# Only the explorer page is built.
FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20 AS page
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY graphiql graphiql
RUN npm run build:graphiql

# The base image has Node, so the optional package is omitted, as are all development tools.
FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20 AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev --omit=optional

# The standalone emulator: `docker build --target emulator .`. It needs no packages.
FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20 AS emulator
ENV EMULATOR_HOST=0.0.0.0 EMULATOR_PORT=4510
WORKDIR /app
COPY package.json ./
COPY emulator emulator
USER node
EXPOSE 4510
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.EMULATOR_PORT}/_emulator/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "emulator/main.ts"]

# The gateway, without the emulator. It listens on all interfaces, so it starts only with AUTH=jwt, a ROUTER_SECRET, or an
# explicit AUTH_ALLOW_ANONYMOUS=true with ALLOWED_HOSTS. It writes no files: the root file system can be read-only.
FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20 AS gateway
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 METRICS_PORT=9464 UPSTREAM=aws
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY --from=page /app/dist dist
COPY package.json ./
COPY schema schema
COPY telemetry telemetry
COPY src src
USER node
EXPOSE 4000 9464
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts"]
