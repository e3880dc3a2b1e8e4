# Two images from one file: `--target api` serves the API, `--target worker` works on dubs.
# DOTNET_SDK and DOTNET_RUNTIME name the .NET 10 SDK and ASP.NET images (Debian or Ubuntu) of the registry you use.
ARG DOTNET_SDK
ARG DOTNET_RUNTIME

FROM ${DOTNET_SDK} AS build
WORKDIR /source
COPY . .
RUN dotnet publish AiDub.Api -c Release -o /app/api && dotnet publish AiDub.Jobs -c Release -o /app/worker

FROM ${DOTNET_RUNTIME} AS base
USER root
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        ffmpeg pocketsphinx pocketsphinx-en-us espeak-ng flite curl ca-certificates \
        lttoolbox-dev cg3 apertium-separable dict-freedict-eng-ind \
        apertium apertium-eng-spa apertium-es-pt apertium-fr-es apertium-spa-ita apertium-eng-cat \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 aidub \
    && mkdir /data && chown aidub /data
# AIDUB_SECRETS names a folder of mounted secrets; without Auth:Jwt the API refuses to start.
ENV AIDUB_DATA=/data ASPNETCORE_URLS=http://0.0.0.0:5080
USER aidub
VOLUME /data
EXPOSE 5080
HEALTHCHECK --interval=10s --timeout=3s CMD curl -sf http://127.0.0.1:5080/health/ready || exit 1

FROM base AS api
COPY --from=build /app/api /app
ENTRYPOINT ["dotnet", "/app/AiDub.Api.dll", "--urls", "http://0.0.0.0:5080"]

FROM base AS worker
COPY --from=build /app/worker /app
ENTRYPOINT ["dotnet", "/app/AiDub.Jobs.dll", "--urls", "http://0.0.0.0:5080"]
