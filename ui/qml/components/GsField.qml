import QtQuick
import QtQuick.Layouts
import "../theme"

// One typed answer: label above, help below, a mistake said in words. `pad` chooses what opens under the screen:
// text (keyboard), latin (keyboard, English first), number (digits), id (digits and X).
ColumnLayout {
    id: field

    property string label: ""
    property string spoken: label
    property string help: ""
    property string mistake: ""
    property string pad: "text"
    property bool optional: false
    property bool secret: false
    property int limit: 200
    property alias text: input.text
    property alias placeholder: input.placeholderText
    property alias input: input
    property string unitText: ""

    signal edited(string text)

    spacing: GsTheme.gapTiny

    RowLayout {
        visible: field.label !== "" || field.optional
        Layout.fillWidth: true
        spacing: GsTheme.gapSmall
        GsText {
            Layout.fillWidth: true
            text: GsWords.asked(field.label, field.optional)
            role: "body"
            strong: true
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: GsTheme.gapSmall

        GsInput {
            id: input
            objectName: field.objectName + "_input"
            Layout.fillWidth: true
            pad: field.pad
            wrong: field.mistake !== ""
            maximumLength: field.limit
            echoMode: field.secret ? TextInput.Password : TextInput.Normal
            Accessible.name: field.spoken === "" ? placeholderText : field.spoken
            Accessible.description: field.help
            onTextChanged: if (activeFocus)
                field.edited(text)
        }
        GsText {
            visible: field.unitText !== ""
            text: field.unitText
            role: "body"
        }
    }
    GsMistake {
        Layout.fillWidth: true
        objectName: field.objectName + "_mistake"
        text: field.mistake
    }
    GsText {
        visible: field.help !== "" && field.mistake === ""
        Layout.fillWidth: true
        text: field.help
        role: "small"
        soft: true
    }
}
