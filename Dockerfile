# The image runs the TypeScript sources themselves: Node 24 strips the types while it loads them, so what runs is what
# was tested, line numbers included, and there is no second build to keep in step. `npm run check:image` carries these
# steps out in a folder, so that they are tested where no container engine is.

# The explorer page is the one thing that is built.
FROM node:24-bookworm-slim AS page
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY graphiql graphiql
RUN npm run build:graphiql

# The image brings its own Node, so the optional one of the lock file stays out, and with it every development tool.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev --omit=optional

# The emulator by itself: `docker build --target emulator .`. It needs no package at all.
FROM node:24-bookworm-slim AS emulator
ENV EMULATOR_HOST=0.0.0.0 EMULATOR_PORT=4510
WORKDIR /app
COPY package.json ./
COPY emulator emulator
USER node
EXPOSE 4510
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.EMULATOR_PORT}/_emulator/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "emulator/main.ts"]

# The gateway, without the emulator. It listens to the world, so it starts only with AUTH=jwt or a ROUTER_SECRET, or when
# AUTH_ALLOW_ANONYMOUS=true says that this is meant. It writes no file: the root file system can be read-only.
FROM node:24-bookworm-slim AS gateway
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
