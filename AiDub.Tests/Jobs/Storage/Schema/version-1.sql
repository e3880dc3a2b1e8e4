PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE progress (
    request_id TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL,
    project_id TEXT NOT NULL,
    source_video_url TEXT NOT NULL,
    from_lang TEXT,
    to_lang TEXT NOT NULL,
    to_region TEXT,
    voices TEXT,
    transcript TEXT,
    translation TEXT,
    callback TEXT,
    batch TEXT,
    revision INTEGER,
    subtitles TEXT,
    progress TEXT NOT NULL,
    percent INTEGER NOT NULL,
    activity TEXT,
    attempt INTEGER NOT NULL,
    faults INTEGER NOT NULL,
    heartbeat_at INTEGER,
    job_id TEXT,
    exception TEXT,
    exception_code TEXT,
    final_response TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER,
    kept_until INTEGER
) WITHOUT ROWID;
INSERT INTO progress VALUES('3adf3dc7-b3a8-48cd-94de-55a026f122e8',51,'ryan','https://example.com/clip.mp4',NULL,'es',NULL,NULL,NULL,'work/3adf3dc7-b3a8-48cd-94de-55a026f122e8/given/translation.txt',NULL,NULL,0,'none','Status_5',100,'{"step":"render","eta_seconds":1,"warnings":[],"version":1795641362164}',1,0,NULL,'1',NULL,NULL,'{"result_key":"results/51/3adf3dc7-b3a8-48cd-94de-55a026f122e8/dubbed.mp4","srt_key":"results/51/3adf3dc7-b3a8-48cd-94de-55a026f122e8/subtitles.es.srt","vtt_key":"results/51/3adf3dc7-b3a8-48cd-94de-55a026f122e8/subtitles.es.vtt","from_lang":"und","duration_seconds":3.12,"warnings":[],"report":{"recognizer":"none","translator":"given","synthesizer":"Espeak","segments":2,"source_words":0,"voices":[{"speaker":"S1","gender":"male","pitch_hz":104,"voice":"es","segments":2}],"timing":{"max_tempo":1,"comfortable_share":1,"max_start_error_seconds":0,"start_error_p95_seconds":0,"overlap_seconds":0,"speech_overlap":0.619,"unevenness":0},"loudness":{"source_lufs":-20.9,"result_lufs":-21.2,"true_peak_dbtp":-4.7},"background":{"centre_removed":false,"ducking_db":-18,"voice_side_share":0,"width":0},"step_seconds":{"texts":0.291,"fetch":4.307,"transcribe":0.261,"speakers":3.171,"translate":0.131,"speak":1.358,"fit":0.317,"render":14.116},"usage":[{"engine":"Espeak","calls":2,"characters":25,"seconds":0}],"attempts":1}}',1795641333692,1795641362164,1796246161781,NULL);
INSERT INTO progress VALUES('afff77ee-8a6e-4890-8d22-4fbf0d9aa568',51,'ryan','https://example.com/none.mp4',NULL,'es',NULL,NULL,NULL,'work/afff77ee-8a6e-4890-8d22-4fbf0d9aa568/given/translation.txt',NULL,NULL,0,'none','Status_1',0,'{"warnings":[],"version":1795641337644}',1,0,NULL,'2','There is no video at the source''s address: the source server answered 404.','source_not_found',NULL,1795641336391,1795641337644,1796246137638,NULL);
CREATE TABLE submission_claims (
    user_id INTEGER NOT NULL,
    claim_key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    ids TEXT NOT NULL,
    accepted INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, claim_key)
) WITHOUT ROWID;
CREATE TABLE dubs (
    request_id TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL,
    project_id TEXT NOT NULL,
    source_video_url TEXT NOT NULL,
    from_lang TEXT,
    to_lang TEXT NOT NULL,
    to_region TEXT,
    voices TEXT,
    transcript TEXT,
    translation TEXT,
    callback TEXT,
    batch TEXT,
    revision INTEGER,
    subtitles TEXT,
    result_key TEXT NOT NULL,
    response TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    finished_at INTEGER NOT NULL,
    editable_until INTEGER
) WITHOUT ROWID;
INSERT INTO dubs VALUES('3adf3dc7-b3a8-48cd-94de-55a026f122e8',51,'ryan','https://example.com/clip.mp4',NULL,'es',NULL,NULL,NULL,'work/3adf3dc7-b3a8-48cd-94de-55a026f122e8/given/translation.txt',NULL,NULL,0,'none','results/51/3adf3dc7-b3a8-48cd-94de-55a026f122e8/dubbed.mp4','{"result_key":"results/51/3adf3dc7-b3a8-48cd-94de-55a026f122e8/dubbed.mp4","srt_key":"results/51/3adf3dc7-b3a8-48cd-94de-55a026f122e8/subtitles.es.srt","vtt_key":"results/51/3adf3dc7-b3a8-48cd-94de-55a026f122e8/subtitles.es.vtt","from_lang":"und","duration_seconds":3.12,"warnings":[],"report":{"recognizer":"none","translator":"given","synthesizer":"Espeak","segments":2,"source_words":0,"voices":[{"speaker":"S1","gender":"male","pitch_hz":104,"voice":"es","segments":2}],"timing":{"max_tempo":1,"comfortable_share":1,"max_start_error_seconds":0,"start_error_p95_seconds":0,"overlap_seconds":0,"speech_overlap":0.619,"unevenness":0},"loudness":{"source_lufs":-20.9,"result_lufs":-21.2,"true_peak_dbtp":-4.7},"background":{"centre_removed":false,"ducking_db":-18,"voice_side_share":0,"width":0},"step_seconds":{"texts":0.291,"fetch":4.307,"transcribe":0.261,"speakers":3.171,"translate":0.131,"speak":1.358,"fit":0.317,"render":14.116},"usage":[{"engine":"Espeak","calls":2,"characters":25,"seconds":0}],"attempts":1}}',1795641333692,1795641361781,1795727761781);
CREATE TABLE edits (
    request_id TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    segments TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO edits VALUES('3adf3dc7-b3a8-48cd-94de-55a026f122e8',1,'[{"index":0,"translation":"Hola a todas."}]');
CREATE TABLE callbacks (
    request_id TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempts TEXT NOT NULL,
    claims INTEGER NOT NULL,
    next_at INTEGER,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (request_id, attempt)
) WITHOUT ROWID;
CREATE INDEX progress_updated_at ON progress (updated_at) WHERE expires_at IS NULL;
CREATE INDEX progress_expires_at ON progress (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX progress_running ON progress (user_id) WHERE expires_at IS NULL;
CREATE INDEX progress_newest ON progress (user_id, created_at, request_id);
CREATE INDEX progress_newest_of_project ON progress (user_id, project_id, created_at, request_id);
CREATE INDEX submission_claims_expires_at ON submission_claims (expires_at);
CREATE INDEX dubs_newest ON dubs (user_id, created_at, request_id);
CREATE INDEX dubs_newest_of_project ON dubs (user_id, project_id, created_at, request_id);
CREATE INDEX callbacks_next_at ON callbacks (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX dubs_editable_until ON dubs (editable_until) WHERE editable_until IS NOT NULL;
COMMIT;
