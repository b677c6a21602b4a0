# archlint in a container: docker run --rm -v "$PWD:/work" archlint docs/
FROM rust:1.95-alpine AS build
# The tree-sitter grammar is C. Alpine drops old versions of packages, so none is pinned.
# hadolint ignore=DL3018
RUN apk add --no-cache build-base
WORKDIR /archlint
COPY . .
RUN cargo build --release --locked --package archlint

FROM alpine:3.22
# `--since` asks git what changed.
# hadolint ignore=DL3018
RUN apk add --no-cache git \
    # A mounted work tree belongs to another user. archlint runs no hook and no filter of it.
    && git config --system --add safe.directory '*' \
    && adduser -D -u 1000 archlint
COPY --from=build /archlint/target/release/archlint /usr/local/bin/archlint
USER 1000
WORKDIR /work
ENTRYPOINT ["archlint"]
CMD ["check"]
