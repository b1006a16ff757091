import QtQuick
import QtQuick.Controls.Basic
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
        visible: field.label !== ""
        Layout.fillWidth: true
        spacing: GsTheme.gapSmall
        GsText {
            Layout.fillWidth: true
            text: field.optional ? qsTr("%1（可以不填）").arg(field.label) : field.label
            role: "body"
            strong: true
        }
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: GsTheme.gapSmall

        TextField {
            id: input
            objectName: field.objectName + "_input"

            readonly property string pad: field.pad

            Layout.fillWidth: true
            implicitHeight: GsTheme.target
            leftPadding: GsTheme.gap
            rightPadding: GsTheme.gap
            font.pixelSize: GsTheme.lead
            color: GsTheme.colour.text
            placeholderTextColor: GsTheme.colour.textSoft
            selectionColor: GsTheme.colour.accent
            selectedTextColor: GsTheme.colour.accentLabel
            maximumLength: field.limit
            echoMode: field.secret ? TextInput.Password : TextInput.Normal
            passwordMaskDelay: 0
            inputMethodHints: field.pad === "text" ? Qt.ImhNone : Qt.ImhNoPredictiveText
            verticalAlignment: TextInput.AlignVCenter
            Accessible.name: field.spoken === "" ? placeholderText : field.spoken
            Accessible.description: field.help
            onTextChanged: if (activeFocus)
                field.edited(text)

            background: Rectangle {
                radius: GsTheme.radius
                color: GsTheme.colour.surface
                border.width: input.activeFocus ? GsTheme.px(4) : GsTheme.stroke
                border.color: {
                    if (field.mistake !== "")
                        return GsTheme.colour.bad;
                    return input.activeFocus ? GsTheme.colour.accent : GsTheme.colour.lineStrong;
                }
            }
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
