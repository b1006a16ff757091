pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../theme"

// One question of a form, asked in the way its kind wants; a row of `ui.questions`. What is known already stands closed
// on one line, private values masked, until it is held or opened for a change.
ColumnLayout {
    id: question

    required property string field
    required property string title
    required property string titleEn
    required property string kind
    required property bool required
    required property string value
    required property var chosen
    required property var choices
    required property var choicesEn
    required property string help
    required property string mistake
    required property bool known
    required property string shown
    required property int limit
    required property string source
    property bool large: false

    signal typed(string field, string text)
    signal picked(string field, var places)

    property bool opened: false
    readonly property bool closed: known && !opened && mistake === ""
    readonly property string words: GsWords.both(title, titleEn, GsTheme.english)
    readonly property bool choosing: kind === "choice" || kind === "multi" || kind === "yesno"

    spacing: GsTheme.gapSmall

    GsKnownLine {
        visible: question.closed
        objectName: "known_" + question.field
        Layout.fillWidth: true
        label: question.words
        source: question.source
        shown: question.shown
        full: question.value === "" ? question.shown : question.value
        onOpened: question.opened = true
    }
    GsField {
        visible: !question.choosing && question.kind !== "date" && !question.closed
        objectName: "field_" + question.field
        Layout.fillWidth: true
        label: question.large ? "" : question.words
        spoken: question.words
        optional: !question.required
        help: question.help
        mistake: question.mistake
        pad: ({
                number: "number",
                phone: "number",
                id: "id"
            })[question.kind] ?? "text"
        limit: question.limit > 0 ? question.limit : 400
        text: question.value
        onEdited: text => question.typed(question.field, text)
    }
    GsDateField {
        visible: question.kind === "date" && !question.closed
        objectName: "field_" + question.field
        Layout.fillWidth: true
        label: question.large ? "" : question.words
        spoken: question.words
        optional: !question.required
        help: question.help
        mistake: question.mistake
        value: question.value
        onEdited: text => question.typed(question.field, text)
    }
    GsPicker {
        visible: question.choosing && !question.closed
        objectName: "field_" + question.field
        Layout.fillWidth: true
        label: question.large ? "" : question.words
        optional: !question.required
        help: question.help
        mistake: question.mistake
        kind: question.kind
        choices: question.choices
        choicesEn: question.choicesEn
        chosen: question.chosen
        onPicked: value => question.picked(question.field, value)
    }
}
