# The images contain the package as npm installs it, so that they run what its tests run. `npm run check:image` executes these
# steps in a folder, without a container engine. The base image is pinned by the digest of its index, which has all of its
# architectures: a tag can be moved to another image. Node's version is that of package.json.

# Makes the package, on the architecture of the machine that builds: the stages below only copy from it, so that an image for
# another architecture needs no emulation. No package of this stage is in an image.
FROM --platform=$BUILDPLATFORM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20 AS package
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY src/package.json src/package.json
RUN npm ci --ignore-scripts
COPY tsconfig.json README.md LICENSE CHANGELOG.md schema.graphql schema.api.graphql schema.types.d.ts ./
COPY bin bin
COPY docs docs
COPY schema schema
COPY scripts scripts
COPY graphiql graphiql
COPY emulator emulator
COPY telemetry telemetry
COPY src src
RUN npm pack && tar -xzf partner-central-graphql-*.tgz

# The standalone emulator: `docker build --target emulator .`.
FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20 AS emulator
LABEL org.opencontainers.image.title="partner-central-emulator" \
  org.opencontainers.image.version="0.2.0" \
  org.opencontainers.image.licenses="Apache-2.0"
ENV EMULATOR_HOST=0.0.0.0 EMULATOR_PORT=4510
WORKDIR /app
COPY --from=package /app/package/package.json /app/package/LICENSE ./
COPY --from=package /app/package/bin bin
COPY --from=package /app/package/dist/emulator dist/emulator
USER node
EXPOSE 4510
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.EMULATOR_PORT}/_emulator/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/partner-central-emulator.js"]

# The gateway, without the emulator. It listens on all interfaces, so it starts only with AUTH=jwt, a ROUTER_SECRET, or an
# explicit AUTH_ALLOW_ANONYMOUS=true with ALLOWED_HOSTS. It writes no files: the root file system can be read-only. Its bill of
# materials is /app/dist/sbom.cdx.json.
FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20 AS gateway
LABEL org.opencontainers.image.title="partner-central-graphql" \
  org.opencontainers.image.version="0.2.0" \
  org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 METRICS_PORT=9464 UPSTREAM=aws
WORKDIR /app
COPY --from=package /app/package/package.json /app/package/LICENSE ./
COPY --from=package /app/package/bin bin
COPY --from=package /app/package/schema schema
COPY --from=package /app/package/dist/THIRD-PARTY-NOTICES.md /app/package/dist/sbom.cdx.json dist/
COPY --from=package /app/package/dist/graphiql dist/graphiql
COPY --from=package /app/package/dist/server dist/server
USER node
EXPOSE 4000 9464
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/partner-central-graphql.js"]
