<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en">
<context>
    <name>Announcer</name>
    <message numerus="yes">
        <source>%n photo(s) added to those that wait.</source>
        <translation>
            <numerusform>%n photo added to those that wait.</numerusform>
            <numerusform>%n photos added to those that wait.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) classified</source>
        <translation>
            <numerusform>%n photo classified</numerusform>
            <numerusform>%n photos classified</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them in an earlier run</source>
        <translation>
            <numerusform>%n of them in an earlier run</numerusform>
            <numerusform>%n of them in an earlier run</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n the same as another</source>
        <translation>
            <numerusform>%n the same as another</numerusform>
            <numerusform>%n the same as another</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) a check</source>
        <translation>
            <numerusform>%n needs a check</numerusform>
            <numerusform>%n need a check</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) written to {file}.</source>
        <translation>
            <numerusform>%n row written to {file}.</numerusform>
            <numerusform>%n rows written to {file}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message numerus="yes">
        <source>Where were %n photo(s) taken?</source>
        <translation>
            <numerusform>Where was %n photo taken?</numerusform>
            <numerusform>Where were %n photos taken?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message numerus="yes">
        <source>%n row(s) written to {file}.</source>
        <translation>
            <numerusform>%n row written to {file}.</numerusform>
            <numerusform>%n rows written to {file}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProgressPanel</name>
    <message numerus="yes">
        <source>Paused: %n photo(s) wait.</source>
        <translation>
            <numerusform>Paused: %n photo waits.</numerusform>
            <numerusform>Paused: %n photos wait.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProgressRow</name>
    <message numerus="yes">
        <source>%n left to check</source>
        <translation>
            <numerusform>%n left to check</numerusform>
            <numerusform>%n left to check</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message numerus="yes">
        <source>%n decision(s) are not saved and would be lost.</source>
        <translation>
            <numerusform>%n decision is not saved and would be lost.</numerusform>
            <numerusform>%n decisions are not saved and would be lost.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Save %n defect(s)</source>
        <translation>
            <numerusform>Save %n defect</numerusform>
            <numerusform>Save %n defects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SureSheet</name>
    <message numerus="yes">
        <source>Accept %n photo(s)</source>
        <translation>
            <numerusform>Accept %n photo</numerusform>
            <numerusform>Accept %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) will be accepted, as one step that you can undo.</source>
        <translation>
            <numerusform>%n photo will be accepted, as one step that you can undo.</numerusform>
            <numerusform>%n photos will be accepted, as one step that you can undo.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Telling</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s) not saved yet.</source>
        <translation>
            <numerusform>%n decision not saved yet.</numerusform>
            <numerusform>%n decisions not saved yet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThresholdsSection</name>
    <message numerus="yes">
        <source>Of %n stored photo(s), {checks} ({share}) would need a check.</source>
        <translation>
            <numerusform>Of %n stored photo, {checks} ({share}) would need a check.</numerusform>
            <numerusform>Of %n stored photos, {checks} ({share}) would need a check.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WatchPanel</name>
    <message numerus="yes">
        <source>%n photo(s) taken in</source>
        <translation>
            <numerusform>%n photo taken in</numerusform>
            <numerusform>%n photos taken in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n arriving</source>
        <translation>
            <numerusform>%n arriving</numerusform>
            <numerusform>%n arriving</numerusform>
        </translation>
    </message>
</context>
</TS>
